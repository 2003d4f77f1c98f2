"""How a succession file changes the register: planned on areas with all their days, stored elsewhere.

A file may tell the past (the register holds today's areas, the lines tell since when) or what is new (a
village that the register does not know yet). Therefore the lines are read twice: from the newest day back,
everything whose outcome the register already holds is dated; then from the oldest day on, the rest is made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter

from sidara.kernel.finding import Finding
from sidara.regions.core import contradictions
from sidara.regions.core.lineage import DAY, Change, Succession
from sidara.regions.core.past import Known
from sidara.regions.core.planning.changes import change
from sidara.regions.core.planning.register import Register
from sidara.regions.core.planning.structure import begin, restructure
from sidara.regions.core.succession import Fault, Group, Plan, Told, fault, groups, rank


def plan(told: Sequence[Told], regions: Iterable[Known], held: Sequence[Succession], *, today: date) -> Plan:
    """Judge the lines of a file against what the register knows of the areas that they name."""
    return _Planner(Register(regions, held)).run(told, today)


@dataclass
class _Planner:
    """Decides the order of the lines: what the register knows backwards, what is new forwards.

    By code: `brought` holds the lines that make it, `used` the first day on which a line starts from it.
    """

    register: Register
    findings: list[Finding] = field(default_factory=list)
    brought: dict[str, list[Told]] = field(default_factory=dict)
    used: dict[str, date] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def run(self, told: Sequence[Told], today: date) -> Plan:
        """Apply all groups: known outcomes from the newest day back, the others from the oldest on."""
        self.findings += contradictions.repeated(told)
        if self.findings:
            return Plan(findings=tuple(self.findings))
        all_groups = groups([one for one in told if not self._is_ahead(one, today)])
        going_on = {(one.day, one.new_code) for one in told if one.new_code == one.old_code}
        newest_first = sorted(told, key=attrgetter("day"), reverse=True)
        self.used = {one.old_code: one.day for one in newest_first if one.old_code is not None}
        for one in told:
            if one.new_code is not None and (one.day, one.new_code) not in going_on:
                self.brought.setdefault(one.new_code, []).append(one)
        self.register.leaving = {
            (one.day, one.old_code) for one in told if one.kind is Change.RECODE and one.old_code is not None
        }
        deferred: list[Group] = []
        for _, same_day in groupby(sorted(all_groups, key=_newest_first), key=attrgetter("day")):
            deferred += self._date(list(same_day))
        for group in sorted(deferred, key=lambda one: (one.day, rank(one))):
            self._try(group, is_known=False)
        if self.findings:
            return Plan(findings=tuple(sorted(self.findings, key=lambda one: one.place.line or 0)))
        return self.register.plan()

    def _is_ahead(self, one: Told, today: date) -> bool:
        if one.day <= today:
            return False
        self.findings.append(
            fault(
                "SUCCESSION_IN_FUTURE",
                f"Tanggal {one.day.isoformat()} belum tiba.",
                "Masukkan perubahan wilayah setelah berlaku.",
                one.line,
                one.day.isoformat(),
            )
        )
        return True

    def _date(self, waiting: list[Group]) -> list[Group]:
        """Apply groups of a day whose outcome the register holds; gives the others.

        Dating one may show that another is known: an area that took the code which a second one gave up.
        """
        while known := next(filter(self._is_known, waiting), None):
            self._try(known, is_known=True)
            waiting.remove(known)
        return waiting

    def _try(self, group: Group, *, is_known: bool) -> None:
        """Apply a group, or say why not; what only follows from an earlier fault is not said again."""
        if any(code in self.failed and code not in self.register.by_code for code in group.old_codes):
            self.failed |= set(group.new_codes)
            return
        try:
            if not group.is_structural:
                change(self.register, group.lines[0], is_known=is_known)
            elif group.kind is Change.NEW:
                begin(self.register, group)
            else:
                restructure(self.register, group)
        except Fault as stopped:
            self.findings.append(stopped.finding)
            self.failed |= set(group.new_codes)

    def _is_known(self, group: Group) -> bool:
        """Whether the outcome of a group is what the register holds already."""
        if not group.is_structural:
            return self._is_change_known(group.lines[0])
        news = {code: self.register.holder(code, group.day) for code in group.new_codes}
        olds = {code: self.register.holder(code, group.day - DAY) for code in group.old_codes}
        for code, region in news.items():
            if region is None:
                return False
            is_same = olds.get(code) is region and code in group.old_codes
            if not is_same and region.valid_from not in {None, group.day}:
                return False
        has_come = any(
            code not in group.old_codes or self._is_made(code, group.day) for code in group.new_codes
        )
        for code in group.old_codes:
            region = olds[code]
            if region is None and not has_come and self._is_brought(code, group.day):
                return False
            if region is not None and code not in group.new_codes and region.is_valid(group.day):
                return False
        return True

    def _is_made(self, code: str, day: date) -> bool:
        """Whether the file itself makes an area before a day: one that the register holds is its outcome."""
        first = min((line.day for line in self.brought.get(code, ())), default=day)
        return first < min(day, self.used.get(code, day))

    def _is_brought(self, code: str, day: date) -> bool:
        """Whether earlier lines bring a code, from areas that the register knows or from nowhere."""
        lines = [line for line in self.brought.get(code, ()) if line.day < day]
        return any(
            all(self._can_start(line) for line in lines if line.day == start)
            for start in {line.day for line in lines}
        )

    def _can_start(self, line: Told) -> bool:
        """Whether the old area of a line is known, or brought by the file itself."""
        code = line.old_code
        return (
            code is None
            or self.register.holder(code, line.day - DAY) is not None
            or self._is_brought(code, line.day)
        )

    def _is_change_known(self, one: Told) -> bool:
        region = self.register.holder(one.new_code or one.old_code, one.day)
        if region is None:
            return False
        if one.kind is Change.RENAME:
            return one.new_name is not None and region.name_on(one.day).lower() == one.new_name.lower()
        if one.kind is Change.REPARENT and one.new_code in {None, one.old_code}:
            parent = self.register.holder(one.new_parent, one.day)
            return parent is not None and region.parent_on(one.day) == parent.id
        before = self.register.holder(one.old_code, one.day - DAY)
        return before is None or before is region


def _newest_first(group: Group) -> tuple[int, tuple[int, int, int]]:
    return -group.day.toordinal(), rank(group)
