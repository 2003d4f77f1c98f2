"""Reads content: YAML files whose keys name kinds (`form`, `variables`, `lists` …) into entries.

Every fault of every file is told at once, with the file, the line of the entry and the key.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from sidara.dictionary.core.reading import plural, thing_of
from sidara.dictionary.core.things import AnyThing
from sidara.dictionary.core.words import Thing
from sidara.kernel import content
from sidara.kernel.finding import Finding, Place

ROOM = "sidara.dictionary"
FOLDERS = ("", "classifications", "forms", "lists", "feeds")
OTHER = frozenset({"notes", "index_classes", "metadata", "tasks"})
"""Files that hold no entries."""
_KEYS = {key: (kind, key != str(kind)) for kind in Thing for key in (str(kind), plural(kind))}


@dataclass(frozen=True)
class Read:
    """What files hold: entries in their order, the place of each, and what is wrong."""

    things: Mapping[tuple[Thing, str], AnyThing] = field(default_factory=dict)
    places: Mapping[tuple[Thing, str], Place] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read(files: Iterable[tuple[str, bytes]]) -> Read:
    """Read files given as (name, bytes)."""
    things: dict[tuple[Thing, str], AnyThing] = {}
    places: dict[tuple[Thing, str], Place] = {}
    found: list[Finding] = []
    for name, data in files:
        for kind, body, place in _bodies(name, data, found):
            thing, faults = thing_of(kind, body, place)
            found += faults
            if thing is None:
                continue
            key = kind, thing.code
            if key in things:
                say = f"{kind.words.capitalize()} {thing.code} tertulis dua kali (juga: {places[key]})."
                found.append(
                    Finding("CODE_TWICE", say, "Hapus salah satunya.", place=place, value=thing.code)
                )
                continue
            things[key], places[key] = thing, place
    return Read(things, places, tuple(found))


def packaged() -> list[tuple[str, bytes]]:
    """Give the content files that the package ships, as (name, bytes)."""
    files = [file for folder in FOLDERS for file in _in(folder)]
    return [(file.name, file.read_bytes()) for file in files]


def _in(folder: str) -> list[Traversable]:
    return [one for one in content.files(ROOM, folder) if one.name.removesuffix(".yaml") not in OTHER]


def _bodies(name: str, data: bytes, found: list[Finding]) -> Iterator[tuple[Thing, object, Place]]:
    try:
        given = content.parse(data)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        say = f"Berkas bukan YAML yang sah ({getattr(fault, 'problem', None) or 'tidak terbaca'})."
        place = Place(line=mark.line + 1 if mark else None, file=name)
        found.append(Finding("CONTENT_UNREADABLE", say, "Betulkan barisnya.", place=place))
        return
    if not isinstance(given, Mapping):
        say = "Berkas tidak berisi kelompok kunci."
        found.append(
            Finding("CONTENT_UNREADABLE", say, "Mulailah dengan source: dan form:.", place=Place(file=name))
        )
        return
    if not given.get("source"):
        say = "Berkas tidak menyebut sumbernya."
        found.append(
            Finding("SOURCE_MISSING", say, "Tambahkan source: di awal berkas.", place=Place(file=name))
        )
    lines = _lines(data)
    for key, value in given.items():
        if key in {"source", "note"}:
            continue
        if key not in _KEYS:
            say = f"Kunci {key} tidak dikenal."
            known = ", ".join(sorted(_KEYS))
            found.append(
                Finding("KEY_UNKNOWN", say, f"Yang dikenal: {known}.", place=Place(file=name), value=str(key))
            )
            continue
        kind, is_many = _KEYS[key]
        for body in value if is_many and isinstance(value, list) else [value]:
            code = body.get("code") if isinstance(body, Mapping) else None
            yield kind, body, Place(line=lines.get(str(code)), file=name)


def _lines(data: bytes) -> dict[str, int]:
    """Give the line on which each code first stands."""
    pattern = re.compile(r"\s*(?:- )?code: '?([^'\n]+?)'?\s*")
    found: dict[str, int] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        match = pattern.fullmatch(line)
        if match:
            found.setdefault(match[1], number)
    return found


@cache
def metadata() -> dict[str, Any]:
    """Read what MS-Keg, MS-Var and MS-Ind ask."""
    given: dict[str, Any] = content.load(ROOM, "metadata")
    return given


@cache
def tasks() -> dict[str, Any]:
    """Read when a form is small enough to join others."""
    given: dict[str, Any] = content.load(ROOM, "tasks")
    return given


@cache
def notes() -> dict[str, Any]:
    """Read how the dictionary is to be read."""
    given: dict[str, Any] = content.load(ROOM, "notes")
    return given
