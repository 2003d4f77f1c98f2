"""What differs between two dictionaries, entry by entry and key by key; and how a load is decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sidara.dictionary.core.reading import plain
from sidara.dictionary.core.things import AnyThing
from sidara.dictionary.core.words import Thing

type Entries = Mapping[tuple[Thing, str], AnyThing]


class Verdict(StrEnum):
    """What becomes of an entry that is handed in."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    CONFLICTING = "conflicting"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        """The verdict in Indonesian."""
        return {
            Verdict.CREATED: "baru",
            Verdict.UPDATED: "diubah",
            Verdict.UNCHANGED: "tetap",
            Verdict.KEPT: "perubahan setempat dipertahankan",
            Verdict.CONFLICTING: "berselisih",
            Verdict.REJECTED: "ditolak",
        }[self]


@dataclass(frozen=True)
class KeyChange:
    """One key that changed: `old` or `new` is `None` where it was or is absent. Values are plain JSON."""

    key: str
    old: object
    new: object


@dataclass(frozen=True)
class Difference:
    """One entry that differs. `keys` tell how an entry changed that stands on both sides."""

    kind: Thing
    code: str
    name: str
    verdict: Verdict
    keys: tuple[KeyChange, ...] = ()


def changed_keys(old: AnyThing | None, new: AnyThing | None) -> tuple[KeyChange, ...]:
    """Compare two entries key by key, at the depth of their first keys; rules and options by their code."""
    before, after = (_flat(plain(one)) if one is not None else {} for one in (old, new))
    keys = list(dict.fromkeys((*before, *after)))
    return tuple(
        KeyChange(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    )


def _flat(given: Mapping[str, object]) -> dict[str, object]:
    """Lay lists of coded entries out by code: `rules PEM_002_a`, `options 1`, `inputs jumlah_dokter`."""
    made: dict[str, object] = {}
    for key, value in given.items():
        coded = (
            [
                (str(one.get("code") or one.get("input") or one.get("key") or one.get("name")), one)
                for one in value
                if isinstance(one, Mapping)
            ]
            if isinstance(value, list)
            else []
        )
        if coded and len(dict(coded)) == len(value if isinstance(value, list) else ()):
            made |= {f"{key} {code}": one for code, one in coded}
            made[f"{key} (urutan)"] = [code for code, _ in coded]
        else:
            made[key] = value
    return made


def differences(old: Entries, new: Entries) -> Iterator[Difference]:
    """Go over everything that differs; what is only in `old` comes last, as REJECTED (taken out)."""
    for (kind, code), thing in new.items():
        held = old.get((kind, code))
        if held is None:
            yield Difference(kind, code, name_of(thing), Verdict.CREATED)
        elif keys := changed_keys(held, thing):
            yield Difference(kind, code, name_of(thing), Verdict.UPDATED, keys)
    for (kind, code), thing in old.items():
        if (kind, code) not in new:
            yield Difference(kind, code, name_of(thing), Verdict.REJECTED)


def name_of(thing: AnyThing) -> str:
    """Give the name of an entry; where it has none, its code."""
    return str(getattr(thing, "name", "") or thing.code)


def decided(held: Entries, base: Entries, given: Entries) -> Iterator[Difference]:
    """Decide a load: what was changed here since the last load stays.

    `base` is what the last load brought. An entry that changed only in `given` is updated; one that changed
    only here is kept; one that changed on both sides, differently, conflicts and is not touched.
    """
    for key, thing in given.items():
        kind, code = key
        here, before = held.get(key), base.get(key)
        if here is None:
            verdict = Verdict.KEPT if before is not None else Verdict.CREATED
        elif here == thing:
            verdict = Verdict.UNCHANGED
        elif before is None or here == before:
            verdict = Verdict.UPDATED if here == before else Verdict.CONFLICTING
        else:
            verdict = Verdict.KEPT if thing == before else Verdict.CONFLICTING
        keys = changed_keys(here, thing) if here is not None and verdict is not Verdict.UNCHANGED else ()
        yield Difference(kind, code, name_of(thing), verdict, keys)
