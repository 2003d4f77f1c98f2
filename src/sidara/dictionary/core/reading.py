"""Plain values to entries and back. What does not fit is a finding with file, place and remedy.

The dataclasses themselves say what fits; JSON Schemas beside the content are made from them (`schema`).
"""

import difflib
import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sidara.dictionary.core.calendar import Milestone, Window
from sidara.dictionary.core.things import (
    Activity,
    Agency,
    AnyThing,
    Classification,
    Concept,
    Feed,
    Form,
    Indicator,
    ListOfRows,
    Parameter,
    Sector,
    Table,
    Unit,
    Variable,
)
from sidara.dictionary.core.words import Thing
from sidara.kernel.finding import Finding, Place

CLASSES: Mapping[Thing, type] = {
    Thing.SECTOR: Sector,
    Thing.AGENCY: Agency,
    Thing.CONCEPT: Concept,
    Thing.UNIT: Unit,
    Thing.CLASSIFICATION: Classification,
    Thing.PARAMETER: Parameter,
    Thing.TABLE: Table,
    Thing.FORM: Form,
    Thing.LIST: ListOfRows,
    Thing.VARIABLE: Variable,
    Thing.INDICATOR: Indicator,
    Thing.FEED: Feed,
    Thing.ACTIVITY: Activity,
    Thing.WINDOW: Window,
    Thing.MILESTONE: Milestone,
}
KINDS: Mapping[type, Thing] = {made: kind for kind, made in CLASSES.items()}


def plural(kind: Thing) -> str:
    """Give the key under which content lists several entries of a kind."""
    return {Thing.AGENCY: "agencies", Thing.ACTIVITY: "activities"}.get(kind, f"{kind}s")


@cache
def _adapter(kind: Thing) -> TypeAdapter[Any]:
    return TypeAdapter(CLASSES[kind])


def kind_of(thing: AnyThing) -> Thing:
    """Give the kind of an entry."""
    return KINDS[type(thing)]


def plain(thing: AnyThing) -> dict[str, Any]:
    """Give an entry as plain values of JSON; what is as by default is left out."""
    given: dict[str, Any] = _adapter(kind_of(thing)).dump_python(thing, mode="json", exclude_defaults=True)
    return given


def canonical(value: object) -> str:
    """Write plain values in one way: keys sorted, no blanks, no ASCII escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thing_of(
    kind: Thing, body: object, place: Place | None = None
) -> tuple[AnyThing | None, tuple[Finding, ...]]:
    """Read an entry from plain values, or say what is wrong with each key."""
    code = body.get("code") if isinstance(body, Mapping) else None
    where = place or Place()
    try:
        made: AnyThing = _adapter(kind).validate_python(body)
    except ValidationError as fault:
        return None, tuple(_finding(kind, str(code or "tanpa kode"), one, where) for one in fault.errors())
    return made, ()


STAND_IN = "…"


def without_gaps(kind: Thing, body: object) -> AnyThing | None:
    """Read an entry whose missing texts stand in as `…`, so that the rest of it can be judged at once.

    `None` where more than texts is missing or wrong, or where the code is.
    """
    made = deepcopy(body)
    try:
        whole: AnyThing = _adapter(kind).validate_python(made)
    except ValidationError as fault:
        errors = fault.errors()
    else:
        return whole
    if any(one["type"] != "missing" or one["loc"] == ("code",) for one in errors):
        return None
    try:
        for one in errors:
            at: Any = made
            for part in one["loc"][:-1]:
                at = at[part]
            at[one["loc"][-1]] = STAND_IN
        filled: AnyThing = _adapter(kind).validate_python(made)
    except (ValidationError, LookupError, TypeError):
        return None
    return filled


def schema(kinds: Mapping[Thing, bool], own: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Make the JSON Schema of a file with these kinds; `True` = a list of them, `False` = one alone."""
    properties: dict[str, Any] = {
        "source": {"type": "string"},
        "note": {"type": "string"},
    }
    defs: dict[str, Any] = {}
    for kind, is_many in kinds.items():
        made = _adapter(kind).json_schema(ref_template="#/$defs/{model}")
        defs |= made.pop("$defs", {})
        defs[CLASSES[kind].__name__] = made
        one = {"$ref": f"#/$defs/{CLASSES[kind].__name__}"}
        properties[plural(kind) if is_many else str(kind)] = (
            {"type": "array", "items": one} if is_many else one
        )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "required": ["source"],
        "properties": properties | dict(own or {}),
        "$defs": defs,
    }


_WORDS = {
    "missing": ("belum ditulis", "Isi dahulu."),
    "enum": ("bukan salah satu pilihan", "Pilih salah satu: {expected}."),
    "literal_error": ("bukan salah satu pilihan", "Pilih salah satu: {expected}."),
    "string_type": ("bukan teks", "Tulis di antara tanda petik bila berupa angka."),
    "bool_type": ("bukan ya/tidak", "Tulis true atau false."),
    "bool_parsing": ("bukan ya/tidak", "Tulis true atau false."),
    "int_type": ("bukan bilangan bulat", "Tulis angka tanpa koma."),
    "int_parsing": ("bukan bilangan bulat", "Tulis angka tanpa koma."),
    "decimal_type": ("bukan angka", "Tulis seperti 12 atau '0.75'."),
    "decimal_parsing": ("bukan angka", "Tulis seperti 12 atau '0.75'."),
    "tuple_type": ("bukan larik", "Tulis isinya sebagai daftar dengan tanda hubung."),
    "dataclass_type": ("bukan kelompok kunci", "Tulis kunci dan nilainya."),
}


def _finding(kind: Thing, code: str, error: Any, place: Place) -> Finding:
    """Turn a fault of the reader into a finding in our words."""
    keys = [str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]]
    path = " ".join(keys)
    where = Place(place.line, path or None, place.sheet, place.file)
    if error["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        near = difflib.get_close_matches(keys[-1], _keys(CLASSES[kind]), n=1)
        remedy = f"Mungkin yang dimaksud: {near[0]}." if near else "Hapus kuncinya."
        say = f"Kunci {path} pada {kind.words} {code} tidak dikenal."
        return Finding("KEY_UNKNOWN", say, remedy, place=where, value=keys[-1])
    words, remedy = _WORDS.get(error["type"], ("tidak dapat dibaca", "Betulkan nilainya."))
    expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
    is_missing = error["type"] == "missing"
    return Finding(
        "KEY_MISSING" if is_missing else "VALUE_FORM",
        f"{path or 'Isi'} pada {kind.words} {code} {words}.",
        remedy.format(expected=expected),
        place=where,
        value=None if is_missing else str(error["input"])[:80],
    )


def _keys(made: type) -> list[str]:
    return list(getattr(made, "__dataclass_fields__", {}))
