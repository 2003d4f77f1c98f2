"""All codes and kinds together: what a code is, which codes a kind has, who answers an item and by what.

`options` is the one way from a gap to activities and to the governments that may do or pay them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sidara.programmes.core.codes import nomenclature, village_codes
from sidara.programmes.core.codes.entry import Entry, plain
from sidara.programmes.core.codes.funds import FundSources
from sidara.programmes.core.codes.kinds import ANSWERS, Kind, KindActor, Kinds, Relation
from sidara.programmes.core.codes.nomenclature import Nomenclature
from sidara.programmes.core.codes.village_codes import VillageCodes
from sidara.programmes.core.words import GOVERNMENT_OF, Government, Level

LISTED = (Government.PROVINCE, Government.REGENCY)


@dataclass(frozen=True, slots=True)
class Candidates:
    """How many codes are named in place of a wrong one, and from which likeness (0 to 1) on."""

    most: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Payer:
    """A level that may have a part in a kind: its basis, whether it may do or pay it, by which codes."""

    level: Level
    basis: str
    reason: str
    may_do: bool
    may_pay: bool
    entries: tuple[Entry, ...] = ()

    @property
    def doing(self) -> tuple[Entry, ...]:
        """Give the codes by which it may do it itself; a transfer of the centre only pays."""
        return tuple(one for one in self.entries if self.may_do and not one.is_funding)


@dataclass(frozen=True, slots=True)
class Option:
    """A kind of activity that answers an item, what it does for it, and who may do or pay it."""

    kind: Kind
    relation: Relation
    payers: tuple[Payer, ...]


class Catalogue:
    """Nomenclature, village codes, programmes of the centre, kinds and fund sources, joined."""

    def __init__(  # noqa: PLR0913 - the lists that it joins
        self,
        *,
        nomenclature: Nomenclature,
        villages: VillageCodes,
        central: Sequence[Entry],
        kinds: Kinds,
        funds: FundSources,
        governments: Mapping[Government, str],
        candidates: Candidates,
    ) -> None:
        """Take the lists; `governments` are their names in words."""
        self.nomenclature = nomenclature
        self.villages = villages
        self.central = {one.code: one for one in central}
        self.kinds = kinds
        self.funds = funds
        self.governments = dict(governments)
        self.candidates = candidates

    def read(self, government: Government, written: object) -> str | None:
        """Give a code of a government in its standard form, `None` for what is none of its codes."""
        if government in LISTED:
            return nomenclature.normalise(written)
        if government is Government.VILLAGE:
            return village_codes.normalise(written)
        code = written.strip().upper() if isinstance(written, str) else ""
        return code if code in self.central else None

    def entry(self, government: Government, code: str, year: int | None = None) -> Entry | None:
        """Give what a code is for a government in a year of plan (any year: the newest); as it is written."""
        read = self.read(government, code)
        if read is None:
            return None
        if government in LISTED:
            return self.nomenclature.find(government, read, year)
        found = self.villages.find(read) if government is Government.VILLAGE else self.central.get(read)
        return found if found is not None and found.holds_in(year) else None

    def entries(self) -> tuple[Entry, ...]:
        """Give every entry: province, regency, village, centre."""
        return (*self.nomenclature.entries, *self.villages.entries, *self.central.values())

    def kinds_of(self, government: Government, code: str) -> tuple[Kind, ...]:
        """Give the kinds that a code as written may belong to."""
        read = self.read(government, code)
        return () if read is None else self.kinds.of_code(government, read)

    def codes_of(self, kind: Kind, government: Government, year: int | None = None) -> tuple[Entry, ...]:
        """Give the codes of a government for a kind that hold in a year.

        Sub-activities whose list of that year could not be read are given with the entry of the newest one.
        """
        found = []
        for code in kind.codes_of(government):
            entry = self.entry(government, code, year)
            if entry is None and government in LISTED and year is not None:
                newest = self.nomenclature.find(government, code)
                entry = newest if newest and self.nomenclature.may_hold_in(newest, year) else None
            if entry is not None:
                found.append(entry)
        return tuple(found)

    def payers(self, kind: Kind, year: int | None = None) -> tuple[Payer, ...]:
        """Give the levels that may have a part in a kind, those that may do it first."""
        found = [self._payer(kind, actor, year) for actor in kind.actors]
        return tuple(sorted(found, key=lambda one: (not one.may_do, not one.may_pay)))

    def _payer(self, kind: Kind, actor: KindActor, year: int | None) -> Payer:
        government = GOVERNMENT_OF.get(actor.level)
        return Payer(
            actor.level,
            actor.basis,
            actor.reason,
            self.kinds.is_ready_to_do(actor),
            self.kinds.is_ready_to_pay(actor),
            self.codes_of(kind, government, year) if government is not None else (),
        )

    def options(
        self,
        index: str,
        item: str,
        year: int | None = None,
        *,
        relations: Collection[Relation] = ANSWERS,
    ) -> tuple[Option, ...]:
        """Give what answers an item of an index (`idm` S34, `indeks_desa` I12.1) and who may do or pay it.

        Kinds that raise it stand first, then those that support; `year` chooses the codes that hold then.
        """
        return tuple(
            Option(kind, relation, self.payers(kind, year))
            for kind, relation in self.kinds.answering(index, item, relations)
        )

    def likely_kinds(
        self, government: Government, code: str | None = None, name: str = ""
    ) -> tuple[Kind, ...]:
        """Give the kinds of a code or, where it has none, those whose name is like `name`, best first.

        Only candidates: a person chooses. Several kinds of a code are ordered by likeness with the name.
        """
        held = self.kinds_of(government, code) if code else ()
        wanted = plain(name)
        if not wanted:
            return held
        scored = [(fuzz.WRatio(wanted, plain(one.name)) / 100, one) for one in held or self.kinds.kinds]
        if not held:
            scored = [one for one in scored if one[0] >= self.candidates.likeness]
        ordered = sorted(scored, key=lambda one: -one[0])
        return tuple(one for _, one in (ordered if held else ordered[: self.candidates.most]))
