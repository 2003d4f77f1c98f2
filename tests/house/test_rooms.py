"""The house is as `docs/architecture.md` says: rooms, their inside, the order, the size of files."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from sidara.rooms import APART, FRONT, FURNITURE, ROOMS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sidara"
INSIDE = {
    "__init__", "signals", "core", "models", "formats", "queries", "services", "forms", "views", "api", "cli",
    "jobs", "engines", "urls", "apps", "content", "locale", "templates", "static", "migrations",
}  # fmt: skip
PRIVATE = ("models", "formats", "engines", "views", "api", "forms", "jobs")
LONGEST = 480


def modules() -> list[Path]:
    return [file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts]


def contract(identity: str) -> dict:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(c for c in config["tool"]["importlinter"]["contracts"] if c["id"] == identity)


def test_folders_are_the_rooms_and_nothing_else() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == {*ROOMS, *FURNITURE, *FRONT, *APART} - {"cli"}


def test_contracts_name_the_rooms_in_the_order_of_the_tuple() -> None:
    layers = [name for name in contract("rooms")["layers"] if not name.startswith("(")]
    rooms = [name for name in layers if name in ROOMS]
    assert tuple(reversed(rooms)) == ROOMS
    assert contract("inside")["containers"] == [f"sidara.{room}" for room in ROOMS]
    for room in ROOMS:
        private = contract(f"private-{room}")
        assert private["allowed_importers"] == [f"sidara.{room}"]
        found = {f"sidara.{room}.{name}" for name in PRIVATE if list((PACKAGE / room).glob(f"{name}*"))}
        assert set(private["protected_modules"]) == found


def test_what_stands_apart_imports_no_room_and_no_room_imports_it() -> None:
    apart = [f"sidara.{name}" for name in APART]
    everything = [f"sidara.{name}" for name in (*ROOMS, *FURNITURE, *FRONT)]
    assert contract("rooms")["exhaustive_ignores"] == list(APART)
    sees, seen = contract("apart-sees"), contract("apart-seen")
    assert sees["source_modules"] == seen["forbidden_modules"] == apart
    assert set(sees["forbidden_modules"]) == {*everything, "django"}
    assert set(seen["source_modules"]) == {*everything}


def test_the_chain_document_lists_the_rooms() -> None:
    text = (ROOT / "docs" / "chain.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\d+\. `(\w+)`", text, re.MULTILINE)) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_the_inside_of_a_room(room: str) -> None:
    found = {p.name.removesuffix(".py") for p in (PACKAGE / room).iterdir() if p.name != "__pycache__"}
    assert found <= INSIDE
    assert (PACKAGE / room / "__init__.py").read_text(encoding="utf-8").startswith('"""')
    body = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8")).body
    assert len(body) == 1, "a room's __init__ holds its docstring only"
    assert len(found) > 2, "no empty rooms"
    if room != "warehouse":
        assert "engines" not in found


def test_no_file_is_a_dump() -> None:
    long = {
        str(f.relative_to(ROOT)): n
        for f in modules()
        if (n := len(f.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_every_silenced_check_gives_its_reason() -> None:
    silent = re.compile(r"# (?:noqa|type: ignore)")
    told = re.compile(r"# (?:noqa: [A-Z0-9, ]+ - \S|type: ignore\[[a-z,-]+\]  # \S)")
    wrong = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in modules()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if silent.search(line) and not told.search(line)
    ]
    assert wrong == []


def test_services_and_queries_take_the_actor_first() -> None:
    wrong = []
    for file in modules():
        part = file.relative_to(PACKAGE).parts
        if (
            len(part) < 2
            or part[0] not in ROOMS
            or part[1].removesuffix(".py") not in {"services", "queries"}
        ):
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
                if names[:1] != ["actor"]:
                    wrong.append(f"{file.relative_to(PACKAGE)}:{node.name}")
                elif part[1].startswith("services") and len(names) > 1:
                    wrong.append(f"{file.relative_to(PACKAGE)}:{node.name} has positional parameters")
    assert wrong == []


def test_no_models_of_a_higher_room_in_a_foreign_key() -> None:
    from django.apps import apps

    order = {room: number for number, room in enumerate(ROOMS)}
    for model in apps.get_models():
        if model._meta.app_label not in order:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is not None and not field.auto_created:
                assert order[target._meta.app_label] <= order[model._meta.app_label], f"{model}.{field.name}"
