"""Every address has a right, resolves, and templates keep to their own room or `ui`."""

import re
from collections import defaultdict
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver
from ninja import Schema

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "sidara"


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def test_every_address_names_the_right_it_needs() -> None:
    own = [p for p in patterns(get_resolver()) if p.callback.__module__.startswith("sidara.")]
    assert own
    assert [str(p.pattern) for p in own if not getattr(p.callback, "operation", "")] == []


def test_every_address_named_in_a_template_exists() -> None:
    known = {p.name for p in patterns(get_resolver()) if p.name}
    used = {
        name
        for file in PACKAGE.rglob("templates/**/*.html")
        for name in re.findall(r"{%\s*url\s+[\"']([\w:-]+)", file.read_text(encoding="utf-8"))
    }
    assert used
    assert used - known == set()


def shapes(shape: type) -> list[type]:
    return [found for below in shape.__subclasses__() for found in (below, *shapes(below))]


def test_no_two_shapes_of_the_api_have_one_name() -> None:
    """The document names a shape by its class alone: of two with one name only the last would stand there."""
    rooms = defaultdict(set)
    for shape in shapes(Schema):
        if shape.__module__.startswith("sidara."):
            rooms[shape.__name__].add(shape.__module__)
    assert rooms
    assert {name: found for name, found in rooms.items() if len(found) > 1} == {}


def test_templates_include_only_their_own_room_or_ui() -> None:
    wrong = []
    for file in PACKAGE.rglob("templates/**/*.html"):
        room = file.relative_to(PACKAGE).parts[0]
        for target in re.findall(
            r"{%\s*(?:include|extends)\s+[\"']([\w/.-]+)", file.read_text(encoding="utf-8")
        ):
            if target.split("/")[0] not in {room, "ui"}:
                wrong.append(f"{file.relative_to(PACKAGE)} -> {target}")
    assert wrong == []


def test_templates_hold_no_inline_style_or_script() -> None:
    wrong = [
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("templates/**/*.html")
        if re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", file.read_text(encoding="utf-8"))
    ]
    assert wrong == []
