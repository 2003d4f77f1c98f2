"""Activity kinds: what joins the codes of four governments with the items of the indices.

A kind says what is done, who may do it and on what basis, by which codes, and which items it answers.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sidara.programmes.core.codes.village_codes import OWN_CODES
from sidara.programmes.core.words import Government, Level, Phase


class Relation(StrEnum):
    """What an activity does for an item of an index."""

    RAISES = "raises"
    SUPPORTS = "supports"
    DATA_ONLY = "data_only"


ANSWERS = (Relation.RAISES, Relation.SUPPORTS)
"""The relations by which a gap is answered; correcting data leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Ground:
    """On what basis a level does something (a row of `bases`): whether it may do it, whether it may pay."""

    code: str
    name: str
    meaning: str
    may_do: bool
    may_pay: bool


@dataclass(frozen=True, slots=True)
class KindActor:
    """A level that may have a part in a kind, the basis and the reason in words."""

    level: Level
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """An item of an index that a kind answers."""

    index: str
    item: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class DanaDesaTag:
    """The limit of the Dana Desa that a kind counts to, and when (empty: always)."""

    tag: str
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """An activity kind. `codes` by government; of the centre they are programmes.

    `sectors` are those of the dictionary whose agencies decide proposals of the kind.
    """

    code: str
    name: str
    definition: str
    group: str
    field: str
    unit: str
    character: str
    stages: tuple[str, ...]
    phases: frozenset[Phase]
    actors: tuple[KindActor, ...]
    links: tuple[Link, ...]
    codes: Mapping[Government, tuple[str, ...]]
    sectors: frozenset[str] = frozenset()
    own_ranges: tuple[str, ...] = ()
    village_accounts: tuple[str, ...] = ()
    dana_desa: DanaDesaTag | None = None
    confidence: str = ""
    note: str = ""

    def codes_of(self, government: Government) -> tuple[str, ...]:
        """Give its codes for a government, none when it has none there."""
        return self.codes.get(government, ())

    def actor(self, level: Level) -> KindActor | None:
        """Give the part that a level may have in it."""
        return next((one for one in self.actors if one.level is level), None)


def index_key(index: str) -> str:
    """Give the key of an index as the kinds name it: `indeks-desa` is `indeks_desa`."""
    return index.strip().lower().replace("-", "_")


class Kinds:
    """All activity kinds, with the words of their lists."""

    def __init__(
        self,
        kinds: Iterable[Kind],
        *,
        phase_of: Mapping[str, Phase],
        grounds: Iterable[Ground] = (),
        labels: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Take the kinds, the phase of each stage, and names of groups, fields, characters, relations."""
        self.kinds = tuple(kinds)
        self.phase_of: Mapping[str, Phase] = dict(phase_of)
        self.grounds = {one.code: one for one in grounds}
        self.labels: Mapping[str, Mapping[str, str]] = dict(labels or {})
        self._by_code = {one.code: one for one in self.kinds}
        self._of_code: dict[tuple[Government, str], list[Kind]] = {}
        self._of_item: dict[tuple[str, str], list[tuple[Kind, Relation]]] = {}
        for kind in self.kinds:
            for government, codes in kind.codes.items():
                for code in codes:
                    self._of_code.setdefault((government, code), []).append(kind)
            for link in kind.links:
                self._of_item.setdefault((link.index, link.item), []).append((kind, link.relation))

    def find(self, code: str) -> Kind | None:
        """Give a kind by its code."""
        return self._by_code.get(code.strip().upper())

    def of_code(self, government: Government, code: str) -> tuple[Kind, ...]:
        """Give the kinds that a code may belong to: candidates, of which a person chooses.

        `code` in its standard form. Supporting codes (x.xx.01) have no kind.
        """
        found = self._of_code.get((government, code), [])
        if not found and government is Government.VILLAGE:
            sub_field, _, activity = code.rpartition(".")
            is_own = activity.startswith(OWN_CODES)
            found = [one for one in self.kinds if is_own and sub_field in one.own_ranges]
        return tuple(found)

    def answering(
        self, index: str, item: str, relations: Collection[Relation] = ANSWERS
    ) -> tuple[tuple[Kind, Relation], ...]:
        """Give the kinds that answer an item, those that raise it first; `index` as `idm`, `indeks_desa`."""
        order = list(Relation)
        found = [one for one in self._of_item.get((index_key(index), item), ()) if one[1] in relations]
        return tuple(sorted(found, key=lambda one: order.index(one[1])))

    def items(self, index: str) -> tuple[str, ...]:
        """Give the items of an index that any kind answers."""
        return tuple(sorted(item for held, item in self._of_item if held == index_key(index)))

    def is_ready_to_do(self, actor: KindActor) -> bool:
        """Whether an actor may do it itself: there is a code or a programme for it."""
        ground = self.grounds.get(actor.basis)
        return ground is not None and ground.may_do

    def is_ready_to_pay(self, actor: KindActor) -> bool:
        """Whether an actor may pay for it."""
        ground = self.grounds.get(actor.basis)
        return ground is not None and ground.may_pay
