"""Random histories of 30 years for tests: villages split, merge, come, and change name, code and kecamatan.

A `World` is the register in memory: it is changed by plans only, and remembers for every day what was there.
"""

import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from sidara.regions.core import Change, Kind, Level, Lineage, Succession, kind_of, level_of
from sidara.regions.core.past import Known, Span
from sidara.regions.core.planning import plan
from sidara.regions.core.succession import Plan, Told

START = date(1994, 1, 1)
TODAY = date(2026, 11, 24)
DISTRICTS = ("62.01.01", "62.01.02", "62.02.01")


@dataclass
class World:
    """Regions with all their days, and the successions that were stored."""

    regions: dict[int, Known] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    @classmethod
    def of(cls, villages: int) -> "World":
        """A province, its kabupaten and kecamatan, and so many villages in turn below them."""
        world = cls()
        codes = ["62", "62.01", "62.02", *DISTRICTS]
        codes += [f"{DISTRICTS[at % len(DISTRICTS)]}.2{at + 1:03d}" for at in range(villages)]
        ids = {code: number for number, code in enumerate(codes, 1)}
        for code, number in ids.items():
            parent = ids.get(code.rpartition(".")[0])
            span = Span(code, None, None, pk=number)
            world.regions[number] = Known(
                number, f"Nama {number}", kind_of(code), level_of(code), parent, spans=[span]
            )
        return world

    def apply(self, told: list[Told], today: date = TODAY) -> Plan:
        """Plan lines, and store the plan when it holds no fault."""
        tried = copy.deepcopy(list(self.regions.values()))
        made = plan(told, tried, self.successions, today=today)
        if made.findings:
            return made
        ids = {one.id: max(self.regions) + 1 + at for at, one in enumerate(made.made)}
        for one in (*made.made, *made.changed):
            one.id = ids.get(one.id, one.id)
            one.parent = ids.get(one.parent or 0, one.parent)
            self.regions[one.id] = one
            for span in one.spans:
                span.pk = span.pk or 1_000
        for planned in made.successions:
            step = planned.succession
            old = None if step.old is None else ids.get(step.old, step.old)
            self.successions.append(
                Succession(old, ids.get(step.new, step.new), step.day, step.kind, step.share, step.share_back)
            )
        return made

    @property
    def lineage(self) -> Lineage:
        return Lineage(tuple(self.successions))

    def villages(self, day: date) -> dict[str, Known]:
        """The villages of a day by their code of that day."""
        return {
            next(span.code for span in one.spans if span.holds(day)): one
            for one in self.regions.values()
            if one.level is Level.VILLAGE and one.is_valid(day)
        }

    def seen(self, day: date) -> dict[str, tuple[str, str]]:
        """What a reader sees of a day: name and kecamatan of each village by code."""
        return {
            code: (one.name_on(day), self.regions[one.parent_on(day) or 0].code)
            for code, one in self.villages(day).items()
        }

    def present_only(self) -> "World":
        """The register as a package would tell it: today's areas, no days."""
        world = World()
        for number, one in self.regions.items():
            if one.valid_to is None:
                span = Span(one.code, None, None, pk=number)
                world.regions[number] = Known(
                    number, one.name, Kind(one.kind), one.level, one.parent, spans=[span]
                )
        return world


@dataclass(frozen=True)
class History:
    """A world after 30 years, the lines that made it, and how many villages it began with."""

    world: World
    told: list[Told]
    villages: int


def _shares(draw: st.DrawFn, count: int) -> list[Fraction]:
    weights = [draw(st.integers(1, 9)) for _ in range(count)]
    return [Fraction(weight, sum(weights)) for weight in weights]


@st.composite
def histories(draw: st.DrawFn, *, founded: bool = True) -> History:
    """Draw a history: one change every few months for up to 30 years, each told by lines and applied."""
    villages = draw(st.integers(2, 6))
    world = World.of(villages)
    told: list[Told] = []
    day = START
    number = 100
    kinds = [kind for kind in Change if founded or kind is not Change.NEW]
    for _ in range(draw(st.integers(1, 12))):
        day += timedelta(days=draw(st.integers(1, 900)))
        if day > date(2024, 12, 31):
            break
        before = world.villages(day - timedelta(days=1))
        codes = sorted(before)
        kind = draw(st.sampled_from(kinds))
        code = draw(st.sampled_from(codes))
        fresh = f"{draw(st.sampled_from(DISTRICTS))}.2{(number := number + 1):03d}"
        another = f"{draw(st.sampled_from(DISTRICTS))}.2{(number := number + 1):03d}"
        line = len(told) + 2
        match kind:
            case Change.SPLIT:
                first = draw(st.sampled_from([code, another]))
                share, rest = _shares(draw, 2)
                lines = [
                    Told(
                        line, day, kind, code, first, before[code].name_on(day), f"Desa {line}", share=share
                    ),
                    Told(line + 1, day, kind, code, fresh, None, f"Desa {line + 1}", share=rest),
                ]
            case Change.MERGE:
                others = [one for one in codes if one != code]
                if not others:
                    continue
                other = draw(st.sampled_from(others))
                into = draw(st.sampled_from([code, fresh]))
                share, rest = _shares(draw, 2)
                lines = [
                    Told(
                        line + at, day, kind, one, into, before[one].name_on(day - timedelta(days=1)),
                        f"Desa {line}", share_back=part,
                        old_parent=world.regions[before[one].parent_on(day - timedelta(days=1)) or 0].code,
                    )
                    for at, (one, part) in enumerate(((code, share), (other, rest)))
                ]  # fmt: skip
            case Change.NEW:
                lines = [Told(line, day, kind, None, fresh, None, f"Desa {line}")]
            case Change.RENAME:
                old = before[code].name_on(day - timedelta(days=1))
                lines = [Told(line, day, kind, code, code, old, f"Desa {line}")]
            case Change.RECODE:
                now = world.regions[before[code].parent_on(day) or 0].code
                lines = [Told(line, day, kind, code, fresh, old_parent=now, new_parent=fresh[:8])]
            case Change.REPARENT:
                now = world.regions[before[code].parent_on(day) or 0].code
                there = draw(st.sampled_from([one for one in DISTRICTS if one != now]))
                lines = [Told(line, day, kind, code, code, old_parent=now, new_parent=there)]
        done = world.apply(lines)
        assert done.findings == (), (done.findings, lines)
        told += lines
    return History(world, told, villages)


def days(history: History) -> list[date]:
    """Days around every change."""
    changes = {one.day for one in history.told}
    return sorted({START, TODAY, *changes, *(day - timedelta(days=1) for day in changes)})
