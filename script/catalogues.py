"""The catalogues of words: `update` takes the sentences of code and content into them, `compile` builds them.

Indonesian is the source. Each room that owns words keeps `locale/en/LC_MESSAGES/django.po`; a sentence stands
in one of them only, that of the lowest room. `update` drops what is no longer said, adds what is new without
a translation, and prints how many wait. `compile` writes the `.mo` files that are read at run time (git does
not keep them). Babel does both, so that gettext's own tools are not needed.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from sidara.indices.core import Item

SOURCE = Path(__file__).resolve().parents[1] / "src" / "sidara"
ROOMS = ("ui", "accounts", "indices", "web")
"""The rooms with a catalogue, the lowest first."""
CALLS = {"say", "noop"}
CONTEXT = "\x04"
TEMPLATE_CALLS = {"_": None, "gettext": None}
SAY_TAG = re.compile(r"{%\s*say\s+(?P<quote>[\"'])(?P<sentence>.*?)(?P=quote)(?P<rest>.*?)%}")
IN_CONTEXT = re.compile(r"\bcontext=\"(\w+)\"")


def key(sentence: str, context: object = None) -> str:
    """Give the key of a sentence: itself, behind its context where it has one (as in `.mo` files)."""
    return f"{context}{CONTEXT}{sentence}" if context else sentence


def parted(word: str) -> tuple[str, str | None]:
    """Part a key into sentence and context."""
    context, _, sentence = word.rpartition(CONTEXT)
    return sentence, context or None


def po_file(room: str) -> Path:
    """Give the file of a room's catalogue."""
    return SOURCE / room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sentences(room: str) -> Iterator[tuple[str, str]]:
    """Give every sentence that a room says, with the file that says it; no order, some twice."""
    for file in sorted((SOURCE / room).rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "sidara.ui.language" in text or "gettext_noop" in text:
            yield from ((word, file.name) for word in of_code(text))
    for file in sorted((SOURCE / room / "templates").rglob("*.html")):
        yield from ((word, file.name) for word in of_template(file.read_text(encoding="utf-8")))
    if room == "web":
        yield from ((word, "pages.yaml") for word in _of_pages())
        yield from ((word, "openapi.json") for word in _of_api() if word)
    if room == "accounts":
        yield from ((word, "content") for word in _of_accounts() if word)
    if room == "indices":
        yield from ((word, "content") for word in _of_indices() if word)


def of_code(text: str) -> Iterator[str]:
    """Give the sentences of Python code: what `say` and `noop` are called with."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        if called in CALLS and isinstance(node.args[0].value, str):
            context = next((one.value for one in node.keywords if one.arg == "context"), None)
            yield key(node.args[0].value, context.value if isinstance(context, ast.Constant) else None)


def of_template(text: str) -> Iterator[str]:
    """Give the sentences of a template."""
    from django.utils.translation.template import templatize

    code = "\n".join(line.strip() for line in templatize(text).splitlines()).encode()
    for _, _, words, _ in extract_python(io.BytesIO(code), TEMPLATE_CALLS, (), {}):
        yield from _texts(words)
    for found in SAY_TAG.finditer(text):
        context = IN_CONTEXT.search(found["rest"])
        yield key(found["sentence"], context[1] if context else None)


def _texts(words: object) -> Iterator[str]:
    first = words[0] if isinstance(words, tuple) else words
    if isinstance(first, str) and first:
        yield first


def _of_pages() -> Iterator[str]:
    """Give the words of `web/content/pages.yaml`, of kinds and changes of regions, and of costs."""
    from sidara.indices.core.costs import STEP
    from sidara.kernel.content import load
    from sidara.regions.core import Change, Kind
    from sidara.web.pages import content

    yield load("sidara.regions", "boundaries")["disclaimer"]
    pages = content.pages()
    apart = pages["apart"]
    yield from (apart[key] for key in ("title", "lead", "question", "source"))
    yield from (*apart["reasons"], *apart["ways"].values(), *pages["actors"].values())
    yield from (one.label for one in (*Kind, *Change))
    yield STEP


def _of_api() -> Iterator[str]:
    """Give what the OpenAPI document says of operations and their parameters."""
    from sidara.web.api.app import document

    for methods in document()["paths"].values():
        for told in methods.values():
            yield told["summary"]
            if told.get("description", "").rstrip(".") != told["summary"]:
                yield told.get("description", "")
            yield from (one.get("description", "") for one in told.get("parameters", ()))


def _of_accounts() -> Iterator[str]:
    """Give names of roles, levels and operations, of ways to log in and of what happens to accounts."""
    from sidara.accounts import queries
    from sidara.accounts.core import EventKind, Failure, Level, Method
    from sidara.accounts.core.naming import UNKNOWN_DEVICE
    from sidara.accounts.core.token import Refusal
    from sidara.kernel.actor import PUBLIC

    yield from (role.name for role in queries.roles(PUBLIC).values())
    yield from (one.label for one in (*Method, *Failure, *EventKind, *Refusal))
    yield from queries.operations(PUBLIC).values()
    yield from (level.value for level in Level if level is not Level.CENTRE)
    yield from ("seluruh negeri", UNKNOWN_DEVICE)


def _of_indices() -> Iterator[str]:
    """Give the words of the definitions that pages show, of their answers, and of published variables."""
    from sidara.collection.formats import declarations
    from sidara.demo.core.variables import variables
    from sidara.indices.core.wording import words
    from sidara.indices.queries import definitions
    from sidara.kernel.actor import PUBLIC

    for variable in declarations.variables().values():
        if variable.unit != "skor" or not variable.is_whole:
            yield from (variable.label, *(choice.label for choice in variable.choices))
    for definition in definitions(PUBLIC):
        yield from words(definition)
        for version in definition.versions:
            for variable in variables(version, definition.code):
                yield from (choice.label for choice in variable.choices)
            for item in version.items:
                yield from _of_item(item)


def _of_item(item: "Item") -> Iterator[str]:
    """Give the words of an item's answers: labels of fields, options, units."""
    from sidara.indices.core.definition import InputType
    from sidara.web.pages import fields

    for one in item.inputs:
        if one.awaits is not None:
            continue
        name = item.question if item.question and len(item.inputs) == 1 else one.name
        yield from (fields.label_of(one, name), fields.label_of(one, one.name))
        if one.type is InputType.CHOICE:
            yield from (fields.spelled(choice) for choice in one.choices)
        elif one.type is not InputType.YES_NO:
            yield from (one.unit or "", fields.unit_of(one))


def owned() -> dict[str, dict[str, list[str]]]:
    """Give the sentences of each room, each in the lowest room that says it, with the files that say it."""
    found: dict[str, dict[str, list[str]]] = {}
    taken: dict[str, dict[str, list[str]]] = {}
    for room in ROOMS:
        found[room] = {}
        for word, file in sentences(room):
            holder = taken.setdefault(word, found[room])
            files = holder.setdefault(word, [])
            if file not in files:
                files.append(file)
    return found


def read(room: str) -> Catalog:
    """Read a room's catalogue; an empty one where there is none yet."""
    file = po_file(room)
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as source:
        return read_po(source, locale="en")


def update() -> int:
    """Bring the catalogues up to what is said; give how many sentences wait for a translation."""
    waiting = 0
    for room, said in owned().items():
        old = read(room)
        new = Catalog(
            locale="en",
            header_comment=f"# English words of the room {room}; made by script/catalogues.py.",
            creation_date=old.creation_date,
            revision_date=old.revision_date,
        )
        for word in sorted(said):
            sentence, context = parted(word)
            kept = old.get(sentence, context)
            places = [(file, 0) for file in said[word]]
            new.add(sentence, kept.string if kept else "", locations=places, context=context)
            waiting += not (kept and kept.string)
        po_file(room).parent.mkdir(parents=True, exist_ok=True)
        with po_file(room).open("wb") as target:
            write_po(target, new, width=0, omit_header=False, include_lineno=False, ignore_obsolete=True)
    return waiting


def compile_all() -> None:
    """Write the `.mo` file beside each catalogue."""
    for room in ROOMS:
        with po_file(room).with_suffix(".mo").open("wb") as target:
            write_mo(target, read(room))


def main() -> int:
    """Run one command."""
    match sys.argv[1:]:
        case ["update"]:
            import os

            import django

            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")
            django.setup()
            waiting = update()
            print(f"{waiting} kalimat menunggu terjemahan")
            return 1 if waiting else 0
        case ["compile"]:
            compile_all()
            return 0
        case _:
            print("script/catalogues.py update | compile", file=sys.stderr)
            return 64


if __name__ == "__main__":
    sys.exit(main())
