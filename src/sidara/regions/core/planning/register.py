"""The register as it becomes while the lines of a succession file are applied to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count

from sidara.kernel.finding import Finding
from sidara.regions.core import contradictions
from sidara.regions.core.code import above, kind_of, level_of
from sidara.regions.core.lineage import DAY, Succession
from sidara.regions.core.past import Known, Span
from sidara.regions.core.succession import Fault, Plan, Planned, Told, fault


@dataclass
class Register:
    """Areas with all their days, by id and by every code that they ever had, and what is planned so far.

    `leaving`: codes that lines of the file give up, each with its day.
    """

    regions: Iterable[Known]
    held: Sequence[Succession]
    by_id: dict[int, Known] = field(init=False)
    by_code: dict[str, list[Known]] = field(init=False)
    touched: set[int] = field(default_factory=set)
    planned: list[Planned] = field(default_factory=list)
    unchanged: int = 0
    leaving: set[tuple[date, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_id = {one.id: one for one in self.regions}
        self.by_code = {}
        self._numbers = count(-1, -1)
        for one in self.by_id.values():
            for span in one.spans:
                self.index(one, span)

    def holder(self, code: str | None, day: date) -> Known | None:
        """Give the region that a code means on a day."""
        for one in self.by_code.get(code or "", ()):
            if any(span.code == code and span.holds(day) for span in one.spans):
                return one
        return None

    def index(self, one: Known, span: Span) -> None:
        """Note that a region has a code for some days."""
        holders = self.by_code.setdefault(span.code, [])
        if one not in holders:
            holders.append(one)

    @property
    def links(self) -> Iterator[Succession]:
        """All successions held or planned so far."""
        return chain(self.held, (one.succession for one in self.planned))

    def is_held(self, found: Succession, line: int) -> bool:
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

    def add(self, line: Told, found: Succession, before: str, after: str) -> None:
        """Plan a succession, unless the register holds it already."""
        if self.is_held(found, line.line):
            self.unchanged += 1
        else:
            self.planned.append(Planned(found, before, after, line.basis, line.line))

    def parent_of(self, code: str | None, own: str, day: date, line: int) -> int | None:
        """Give the parent that a line names, else the one that the code tells."""
        wanted = code or above(own)
        if wanted is None:
            return None
        parent = self.holder(wanted, day)
        if parent is None or parent.level != level_of(own) - 1:
            raise Fault(contradictions.no_parent(wanted, own, day, line))
        return parent.id

    def make(self, name: str, code: str, parent: int | None, first: date | None, last: date | None) -> Known:
        """Make an area that the register did not have; its id is negative until it is stored."""
        span = Span(code, first, last)
        made = Known(next(self._numbers), name, kind_of(code), level_of(code), parent, first, last, [span])
        self.by_id[made.id] = made
        self.index(made, span)
        self.touched.add(made.id)
        return made

    def end(self, region: Known, day: date, line: int) -> None:
        """Let a region end the day before; one that has ended then stays as it is."""
        if region.valid_to == day - DAY:
            return
        stop(contradictions.lives_on(region, day, self.links, line))
        region.valid_to = day - DAY
        for span in region.spans:
            if span.holds(day):
                span.valid_to = day - DAY
        self.touched.add(region.id)

    def plan(self) -> Plan:
        """Give what is to be stored: areas made and changed, and the successions by line."""
        made = sorted(
            (self.by_id[one] for one in self.touched if one < 0), key=lambda one: (one.level, -one.id)
        )
        changed = [self.by_id[one] for one in sorted(self.touched) if one > 0]
        planned = sorted(self.planned, key=lambda one: one.line)
        return Plan(tuple(made), tuple(changed), tuple(planned), self.unchanged)


def stop(found: Finding | None) -> None:
    """Give up a group for what speaks against it."""
    if found is not None:
        raise Fault(found)
