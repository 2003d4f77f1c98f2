"""How a succession file changes the register: planned on areas with all their days, stored elsewhere.

A file may tell the past (the register holds today's areas, the lines tell since when) or what is new (a
village that the register does not know yet). Therefore the lines are read twice: from the newest day back,
everything whose outcome the register already holds is dated; then from the oldest day on, the rest is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count, groupby
from operator import attrgetter

from sidara.kernel.finding import Finding
from sidara.regions.core import contradictions
from sidara.regions.core.code import above, kind_of, level_of
from sidara.regions.core.lineage import DAY, Change, Succession
from sidara.regions.core.past import Known, Past, Span
from sidara.regions.core.succession import (
    Fault,
    Group,
    Plan,
    Planned,
    Told,
    fault,
    groups,
    out_of_order,
    rank,
    unknown,
)


def plan(told: Sequence[Told], regions: Iterable[Known], held: Sequence[Succession], *, today: date) -> Plan:
    """Judge the lines of a file against what the register knows of the areas that they name."""
    return _Planner(regions, held).run(told, today)


@dataclass
class _Planner:
    """The register as it becomes while lines are applied."""

    regions: Iterable[Known]
    held: Sequence[Succession]
    by_id: dict[int, Known] = field(init=False)
    by_code: dict[str, list[Known]] = field(init=False)
    touched: set[int] = field(default_factory=set)
    planned: list[Planned] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unchanged: int = 0
    brought: dict[str, list[Told]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    leaving: set[tuple[date, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_id = {one.id: one for one in self.regions}
        self.by_code = {}
        self._numbers = count(-1, -1)
        for one in self.by_id.values():
            for span in one.spans:
                self._index(one, span)

    def run(self, told: Sequence[Told], today: date) -> Plan:
        """Apply all groups: known outcomes from the newest day back, the others from the oldest on."""
        self.findings += contradictions.repeated(told)
        if self.findings:
            return Plan(findings=tuple(self.findings))
        found = groups([one for one in told if not self._is_ahead(one, today)])
        going_on = {(one.day, one.new_code) for one in told if one.new_code == one.old_code}
        for one in told:
            if one.new_code is not None and (one.day, one.new_code) not in going_on:
                self.brought.setdefault(one.new_code, []).append(one)
        self.leaving = {
            (one.day, one.old_code) for one in told if one.kind is Change.RECODE and one.old_code is not None
        }
        deferred: list[Group] = []
        for _, same_day in groupby(sorted(found, key=_newest_first), key=attrgetter("day")):
            deferred += self._date(list(same_day))
        for group in sorted(deferred, key=lambda one: (one.day, rank(one))):
            self._try(group, is_known=False)
        if self.findings:
            return Plan(findings=tuple(sorted(self.findings, key=lambda one: one.place.line or 0)))
        made = sorted(
            (self.by_id[one] for one in self.touched if one < 0), key=lambda one: (one.level, -one.id)
        )
        changed = [self.by_id[one] for one in sorted(self.touched) if one > 0]
        planned = sorted(self.planned, key=lambda one: one.line)
        return Plan(tuple(made), tuple(changed), tuple(planned), self.unchanged)

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

    @property
    def _links(self) -> Iterator[Succession]:
        """All successions held or planned so far."""
        return chain(self.held, (one.succession for one in self.planned))

    def _try(self, group: Group, *, is_known: bool) -> None:
        """Apply a group, or say why not; what only follows from an earlier fault is not said again."""
        if any(code in self.failed and code not in self.by_code for code in group.old_codes):
            self.failed |= set(group.new_codes)
            return
        try:
            if not group.is_structural:
                self._change(group.lines[0], is_known=is_known)
            elif group.kind is Change.NEW:
                self._born(group)
            else:
                self._structural(group)
        except Fault as stopped:
            self.findings.append(stopped.finding)
            self.failed |= set(group.new_codes)

    # What the register knows.

    def _index(self, one: Known, span: Span) -> None:
        holders = self.by_code.setdefault(span.code, [])
        if one not in holders:
            holders.append(one)

    def holder(self, code: str | None, day: date) -> Known | None:
        """Give the region that a code means on a day."""
        for one in self.by_code.get(code or "", ()):
            if any(span.code == code and span.holds(day) for span in one.spans):
                return one
        return None

    def _is_known(self, group: Group) -> bool:
        """Whether the outcome of a group is what the register holds already."""
        if not group.is_structural:
            return self._is_change_known(group.lines[0])
        news = {code: self.holder(code, group.day) for code in group.new_codes}
        olds = {code: self.holder(code, group.day - DAY) for code in group.old_codes}
        for code, region in news.items():
            if region is None:
                return False
            is_same = olds.get(code) is region and code in group.old_codes
            if not is_same and region.valid_from not in {None, group.day}:
                return False
        has_come = any(code not in group.old_codes for code in group.new_codes)
        for code in group.old_codes:
            region = olds[code]
            if region is None and not has_come and self._is_brought(code, group.day):
                return False
            if region is not None and code not in group.new_codes and region.is_valid(group.day):
                return False
        return True

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
            code is None or self.holder(code, line.day - DAY) is not None or self._is_brought(code, line.day)
        )

    def _is_change_known(self, one: Told) -> bool:
        region = self.holder(one.new_code or one.old_code, one.day)
        if region is None:
            return False
        if one.kind is Change.RENAME:
            return one.new_name is not None and region.name_on(one.day).lower() == one.new_name.lower()
        if one.kind is Change.REPARENT and one.new_code in {None, one.old_code}:
            parent = self.holder(one.new_parent, one.day)
            return parent is not None and region.parent_on(one.day) == parent.id
        before = self.holder(one.old_code, one.day - DAY)
        return before is None or before is region

    def _is_held(self, found: Succession, line: int) -> bool:
        """Whether the register holds a succession; refuses one that it holds with other shares."""
        key = (found.old, found.new, found.day, found.kind.is_structural or found.kind)
        for one in self.held:
            if (one.old, one.new, one.day, one.kind.is_structural or one.kind) == key:
                if (one.share, one.share_back) == (found.share, found.share_back):
                    return True
                raise Fault(
                    fault(
                        "SUCCESSION_OTHER",
                        f"Perubahan {found.day.isoformat()} sudah tercatat dengan porsi {one.share}.",
                        "Perubahan yang tercatat tidak ditimpa; samakan porsinya dalam berkas.",
                        line,
                    )
                )
        return False

    # Splits, merges, foundations.

    def _born(self, group: Group) -> None:
        line = group.lines[0]
        region = self._new_area(line, group.day)
        self._add(line, Succession(None, region.id, group.day, Change.NEW), "", region.name_on(group.day))

    def _structural(self, group: Group) -> None:
        for judge in (contradictions.lone, contradictions.uneven, contradictions.two_names):
            _stop(judge(group))
        shares, back = group.shares()
        olds = {code: self._old_area(code, group) for code in group.old_codes}
        known = [one for code in group.new_codes if (one := self.holder(code, group.day)) is not None]
        _stop(contradictions.other_links(group, olds.values(), known, self._links))
        news: dict[str, Known] = {}
        for code, region in olds.items():
            if code in group.new_codes:
                news[code] = region
            else:
                line = next(one.line for one in group.lines if one.old_code == code)
                self._end(region, group.day, line)
        for line in group.lines:
            code = line.new_code or ""
            if code not in news:
                news[code] = self._new_area(line, group.day)
        for line, share, part in zip(group.lines, shares, back, strict=True):
            old, new = olds[line.old_code or ""], news[line.new_code or ""]
            found = Succession(old.id, new.id, group.day, line.kind, share, part)
            self._add(line, found, old.name_on(group.day - DAY), new.name_on(group.day))

    def _old_area(self, code: str, group: Group) -> Known:
        """Give an area of the day before; one that the register never had is made as ended."""
        region = self.holder(code, group.day - DAY)
        if region is not None:
            return region
        line = next(one for one in group.lines if one.old_code == code)
        if code in group.new_codes or code in self.by_code:
            raise Fault(unknown(code, group.day - DAY, line.line))
        if line.old_name is None:
            raise Fault(
                fault(
                    "SUCCESSION_NAME",
                    f"Wilayah {code} tidak ada dalam daftar, jadi namanya perlu disebut.",
                    "Isi kolom nama_lama.",
                    line.line,
                    code,
                )
            )
        parent = self._parent(line.old_parent, code, group.day - DAY, line.line)
        return self._add_known(line.old_name, code, parent, None, group.day - DAY)

    def _new_area(self, line: Told, day: date) -> Known:
        """Give the area that begins on a day: known and dated, or made."""
        code = line.new_code or ""
        region = self.holder(code, day)
        if region is not None:
            is_older = contradictions.is_older(region, day, self._links)
            if region.valid_from not in {None, day} or is_older:
                raise Fault(
                    fault(
                        "SUCCESSION_BORN",
                        f"Kode {code} sudah dipakai {region.name} pada {day.isoformat()}.",
                        "Periksa tanggal dan kode barunya.",
                        line.line,
                        code,
                    )
                )
            if region.valid_from is None:
                region.valid_from = day
                for span in region.spans:
                    span.valid_from = span.valid_from or day
                self.touched.add(region.id)
            return region
        if line.new_name is None:
            raise Fault(
                fault(
                    "SUCCESSION_NAME",
                    f"Wilayah baru {code} belum diberi nama.",
                    "Isi kolom nama_baru.",
                    line.line,
                    code,
                )
            )
        later = self.by_code.get(code)
        if later and any(
            span.code == code and (span.valid_to or date.max) >= day for one in later for span in one.spans
        ):
            raise Fault(unknown(code, day, line.line))
        parent = self._parent(line.new_parent, code, day, line.line)
        return self._add_known(line.new_name, code, parent, day, None)

    def _parent(self, code: str | None, own: str, day: date, line: int) -> int | None:
        """Give the parent that a line names, else the one that the code tells."""
        wanted = code or above(own)
        if wanted is None:
            return None
        parent = self.holder(wanted, day)
        if parent is None or parent.level != level_of(own) - 1:
            raise Fault(contradictions.no_parent(wanted, own, day, line))
        return parent.id

    def _add_known(
        self, name: str, code: str, parent: int | None, first: date | None, last: date | None
    ) -> Known:
        span = Span(code, first, last)
        made = Known(next(self._numbers), name, kind_of(code), level_of(code), parent, first, last, [span])
        self.by_id[made.id] = made
        self._index(made, span)
        self.touched.add(made.id)
        return made

    def _end(self, region: Known, day: date, line: int) -> None:
        """Let a region end the day before; one that has ended then stays as it is."""
        if region.valid_to == day - DAY:
            return
        _stop(contradictions.lives_on(region, day, self._links, line))
        region.valid_to = day - DAY
        for span in region.spans:
            if span.holds(day):
                span.valid_to = day - DAY
        self.touched.add(region.id)

    # Names, codes, parents: the id is kept.

    def _change(self, line: Told, *, is_known: bool) -> None:
        day = line.day
        is_code = line.new_code is not None and line.new_code != line.old_code
        region = self.holder(line.new_code if is_known else line.old_code, day if is_known else day - DAY)
        if region is None and not is_code:
            region = self.holder(line.old_code, day)
        if region is None or line.old_code is None:
            raise Fault(unknown(line.old_code or "", day - DAY, line.line))
        before, after = "", ""
        found = Succession(region.id, region.id, day, line.kind)
        _stop(contradictions.planned_twice(line, found, self.planned))
        if self._is_held(found, line.line):
            if not is_known:
                raise Fault(contradictions.other_outcome(region, line))
            self.unchanged += 1
            return
        if is_code and line.new_code is not None:
            before, after = line.old_code, line.new_code
            self._recode(region, line.old_code, line.new_code, line, is_known=is_known)
        words = (
            self._rename(region, line, is_known=is_known)
            if line.kind is Change.RENAME
            else self._reparent(region, line, is_known=is_known)
        )
        before, after = (before, after) if before else words
        self.touched.add(region.id)
        self.planned.append(Planned(found, before, after, line.basis, line.line))

    def _recode(self, region: Known, old: str, new: str, line: Told, *, is_known: bool) -> None:
        day = line.day
        if level_of(old) != level_of(new):
            raise Fault(
                fault(
                    "SUCCESSION_LEVEL",
                    f"{old} dan {new} bukan wilayah setingkat.",
                    "Ganti kode hanya berlaku antara kode yang sama panjang.",
                    line.line,
                    new,
                )
            )
        if is_known:
            span = next(one for one in region.spans if one.code == new and one.holds(day))
            if span.valid_from not in {None, day, region.valid_from}:
                raise Fault(out_of_order(region, day, line.line))
            earlier = Span(old, span.valid_from if span.valid_from != day else None, day - DAY)
            span.valid_from = day
            if not any(one.code == old and one.holds(day - DAY) for one in region.spans):
                region.spans.append(earlier)
                self._index(region, earlier)
            self._past_kind(region, old, new, day)
            return
        taken = self.holder(new, day)
        if taken is not None and taken is not region and (day, new) not in self.leaving:
            raise Fault(contradictions.taken(new, taken, day, line.line))
        span = next(one for one in region.spans if one.code == old and one.holds(day - DAY))
        if span.valid_to is not None:
            raise Fault(out_of_order(region, day, line.line))
        span.valid_to = day - DAY
        later = Span(new, day, None)
        region.spans.append(later)
        self._index(region, later)
        self._past_kind(region, old, new, day)
        region.kind = kind_of(new)

    def _past_kind(self, region: Known, old: str, new: str, day: date) -> None:
        if kind_of(old) != kind_of(new):
            region.past.append(Past(day - DAY, kind=kind_of(old)))

    def _reparent(self, region: Known, line: Told, *, is_known: bool) -> tuple[str, str]:
        """Set another parent from a day on, named or told by the new code."""
        day = line.day
        parent = self._new_parent(region, line, is_known=is_known)
        if parent is None:
            return "", ""
        if is_known and region.parent_on(day) == parent.id:
            return self._parent_before(region, parent, line)
        current = region.parent_on(day)
        if current == parent.id:
            return "", ""
        if region.changed_after("parent", day):
            raise Fault(out_of_order(region, day, line.line))
        if current is None:
            raise Fault(unknown(line.new_parent or "", day, line.line))
        region.past.append(Past(day - DAY, parent=current))
        region.parent = parent.id
        before = self.by_id.get(current)
        return (before.name_on(day - DAY) if before else ""), parent.name_on(day)

    def _new_parent(self, region: Known, line: Told, *, is_known: bool) -> Known | None:
        """Give the parent that a line names or that its new code tells; `None` where it stays."""
        day = line.day
        told = above(line.new_code) if line.new_code else None
        is_told = line.old_code is not None and told != above(line.old_code)
        code = line.new_parent or (told if is_told else None)
        parent = self.holder(code, day)
        if parent is not None:
            if parent.level != region.level - 1:
                raise Fault(contradictions.no_parent(parent.code, line.old_code or "", day, line.line))
            return parent
        if line.new_parent is not None or line.kind is Change.REPARENT:
            raise Fault(unknown(code or "", day, line.line))
        if code is not None and not is_known:
            raise Fault(contradictions.no_parent(code, line.new_code or "", day, line.line))
        return None

    def _parent_before(self, region: Known, parent: Known, line: Told) -> tuple[str, str]:
        """Keep the parent of the day before where the register holds the new one already."""
        before = line.day - DAY
        code = line.old_parent or (above(line.old_code) if line.old_code else None)
        old = self.holder(code, before)
        if old is None and (line.old_parent is not None or line.kind is Change.REPARENT):
            raise Fault(unknown(code or "", before, line.line))
        if old is None or old.id == parent.id:
            if line.kind is Change.REPARENT:
                raise Fault(contradictions.same_parent(region, parent, line))
            return "", ""
        region.past.append(Past(before, parent=old.id))
        return old.name_on(before), parent.name_on(line.day)

    def _rename(self, region: Known, line: Told, *, is_known: bool) -> tuple[str, str]:
        day, new = line.day, line.new_name or ""
        if is_known and line.old_name is None:
            raise Fault(
                fault(
                    "SUCCESSION_NAME",
                    f"{region.name} sudah bernama {new} dalam daftar; nama sebelumnya belum disebut.",
                    "Isi kolom nama_lama.",
                    line.line,
                    new,
                )
            )
        if is_known and (line.old_name or "").lower() == new.lower():
            raise Fault(contradictions.same_name(new, line))
        if is_known:
            region.past.append(Past(day - DAY, name=line.old_name))
            return line.old_name or "", region.name_on(day)
        if region.changed_after("name", day):
            raise Fault(out_of_order(region, day, line.line))
        before = region.name
        region.past.append(Past(day - DAY, name=before))
        region.name = new
        return before, new

    def _add(self, line: Told, found: Succession, before: str, after: str) -> None:
        """Plan a succession, unless the register holds it already."""
        if self._is_held(found, line.line):
            self.unchanged += 1
        else:
            self.planned.append(Planned(found, before, after, line.basis, line.line))


def _stop(found: Finding | None) -> None:
    """Give up a group for what speaks against it."""
    if found is not None:
        raise Fault(found)


def _newest_first(group: Group) -> tuple[int, tuple[int, int, int]]:
    return -group.day.toordinal(), rank(group)
