"""What changed, told key by key: old and new as people read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidara.dictionary.core import Difference, KeyChange, Thing, Verdict
from sidara.dictionary.core.reading import CLASSES
from sidara.ui.language import say
from sidara.web.pages.editing import addresses, words


@dataclass(frozen=True)
class Change:
    """One key: its name, and both values; an empty one is not there."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """One entry that differs: what it is, what becomes of it, its keys."""

    kind: str
    code: str
    name: str
    verdict: str
    href: str
    changes: tuple[Change, ...]


def changed(one: Difference, href: str = "") -> Changed:
    """Tell a difference."""
    verdict = say("dihapus") if one.verdict is Verdict.REJECTED else say(one.verdict.words)
    return Changed(
        say(words.KINDS[one.kind][1]) if one.kind in words.KINDS else str(one.kind),
        one.code,
        one.name,
        verdict,
        href or addresses.shown(one.kind, one.code),
        tuple(changes(one.kind, one.keys)),
    )


def changes(kind: Thing, keys: Sequence[KeyChange]) -> Iterator[Change]:
    """Tell keys that changed; of a rule or an option only what changed in it."""
    made = CLASSES[kind].__name__
    for one in keys:
        key, _, code = one.key.partition(" ")
        name = " ".join(part for part in (say(words.name_of(made, key)), code) if part)
        if isinstance(one.old, Mapping) and isinstance(one.new, Mapping):
            for inner in dict.fromkeys((*one.old, *one.new)):
                old, new = one.old.get(inner), one.new.get(inner)
                if old != new:
                    yield Change(f"{name}: {say(words.name_of('', inner))}", text(old), text(new))
        else:
            yield Change(name, text(one.old), text(one.new))


def text(value: Any) -> str:
    """Write a plain value for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("ya") if value else say("tidak")
    if isinstance(value, Mapping):
        return "; ".join(f"{say(words.name_of('', key))}: {text(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(text(one) for one in value)
    return str(value)
