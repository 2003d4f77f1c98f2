"""What the checks know besides the rows: rules, lists, day, year, parameters and forms of villages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sidara.programmes.core.alignment.content import Rules
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.kinds import ANSWERS
from sidara.programmes.core.codes.nomenclature import Nomenclature
from sidara.programmes.core.words import Level


@dataclass(frozen=True, slots=True)
class Kinds:
    """Activity kinds as the checks ask for them.

    `answers`: (index, item) that a kind raises or supports, by kind. `phases`: for a stage as written its
    phase (planning, building, operating). `transfers`: central programmes whose money passes through a
    lower budget. `names`: of kinds, for people.
    """

    answers: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    phases: Mapping[str, str] = field(default_factory=dict)
    transfers: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


def kinds_of(catalogue: Catalogue) -> Kinds:
    """Take out of the lists of the room what the checks ask for."""
    kinds = catalogue.kinds
    return Kinds(
        answers={
            one.code: frozenset((link.index, link.item) for link in one.links if link.relation in ANSWERS)
            for one in kinds.kinds
        },
        phases={word: phase.value for word, phase in kinds.phase_of.items()},
        transfers=frozenset(code for code, one in catalogue.central.items() if one.is_transfer),
        names={one.code: one.name for one in kinds.kinds},
    )


def versions_of(nomenclature: Nomenclature) -> dict[str, str]:
    """Give old code -> new code wherever a code changed and the change may be used without a look."""
    return {
        old.code: one.code
        for one in nomenclature.entries
        for old in one.earlier
        if old.basis.is_usable and old.code != one.code
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The question: `year` whose plans are looked at, `day` on which, and what holds then.

    By area code, `""` for all: `periods` (first and last year of the RPJMD), `rkpd_dates`. `versions`: old
    code -> new code of the nomenclature. `parameters`: by year (`None`: of any year), a value may be `None`.
    `forms`: by (village, year) rupiah of elements, `dana_desa` among them. `missing`: levels of which no plan
    is known, `without` by level the villages of whose government of that level none is. Scores that are made
    up are read only where `is_simulated`.
    """

    rules: Rules
    year: int
    day: date
    kinds: Kinds = Kinds()
    nomenclature: Nomenclature | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    rkpd_dates: Mapping[str, date] = field(default_factory=dict)
    parameters: Mapping[int | None, Mapping[str, Decimal | None]] = field(default_factory=dict)
    forms: Mapping[tuple[str, int], Mapping[str, int]] = field(default_factory=dict)
    missing: frozenset[Level] = frozenset()
    without: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    is_simulated: bool = False

    def parameter(self, name: str, year: int) -> Decimal | None:
        """Give a yearly parameter, `None` where the year has none."""
        own = self.parameters.get(year) or self.parameters.get(None) or {}
        return own.get(name)

    def known_before(self, name: str, year: int) -> tuple[int, Decimal] | None:
        """Give the newest earlier year that has a yearly parameter, and its value; it holds for no other."""
        known = [
            (at, value)
            for at, own in self.parameters.items()
            if at is not None and at < year and (value := own.get(name)) is not None
        ]
        return max(known, default=None)

    def newest(self, code: str) -> str:
        """Follow a code through the versions of the nomenclature to the newest one."""
        seen = {code}
        while (later := self.versions.get(code)) is not None and later not in seen:
            seen.add(later)
            code = later
        return code
