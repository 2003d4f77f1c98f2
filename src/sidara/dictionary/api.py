"""The JSON doors of the dictionary: `/api/v1/dictionary` (entries, revisions) and `/api/v1/forms`."""

import dataclasses
from datetime import datetime
from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Query

from sidara.dictionary import queries
from sidara.dictionary.core import Dictionary, Difference, Thing, Variable, Wanted, find, plain
from sidara.dictionary.queries import READ, EntryVersion, FormAsked, Saved
from sidara.ui.api import Cursor, Limit, Page, Paged, Text, Whole, missing, page, reads
from sidara.ui.rights import Asking

router = Router(tags=["dictionary"])
form_router = Router(tags=["forms"])

Revision = Query(None, ge=0, le=2_147_483_647, description="Nomor revisi; tanpa ini yang berlaku.")


class DictionaryRevisionOut(Schema):
    """One revision: who, when (UTC), by which door, why."""

    number: int
    source: str
    reason: str
    by: str
    function: str
    made_at: datetime
    entries: int


class ChangeOut(Schema):
    """One key that changed."""

    key: str
    old: Any
    new: Any


class DifferenceOut(Schema):
    """An entry that differs between two revisions, key by key."""

    kind: str
    code: str
    name: str
    verdict: str
    keys: list[ChangeOut]


class VersionOut(Schema):
    """An entry as one revision left it, and what changed against the version before."""

    number: int
    revision: int
    by: str
    reason: str
    made_at: datetime
    is_removed: bool
    changes: list[ChangeOut]


class EntryOut(Schema):
    """An entry of the dictionary; which keys stand in `entry` depends on its kind."""

    kind: str
    code: str
    revision: int
    entry: dict[str, Any]


class FormOut(Schema):
    """A form in the list."""

    code: str
    name: str
    sector: str
    frequency: str
    version: int
    variables: int
    cells: int
    asked_cells: int
    lists: list[str]


class SectionOut(Schema):
    """A section of a form with its questions, in the order in which they are asked."""

    name: str
    variables: list[dict[str, Any]]


class FormWhole(Schema):
    """A form as it is asked at a version. `classifications` are those of its questions, by code."""

    code: str
    name: str
    sector: str
    frequency: str
    version: int
    hash: str
    sections: list[SectionOut]
    lists: list[dict[str, Any]]
    classifications: dict[str, dict[str, Any]]


@reads(router, "/revisions", right=READ, response=Paged[DictionaryRevisionOut])
def list_revisions(request: Asking, cursor: Cursor = "", limit: Limit = 100) -> Page[dict[str, object]]:
    """Revisi kamus, dari yang pertama."""
    rows = sorted(queries.revisions(request.actor), key=lambda one: one.number)
    shown = page(rows, key=lambda one: f"{one.number:010}", cursor=cursor, limit=limit)
    return Page([_saved(one) for one in shown.items], shown.next)


@reads(router, "/diff", right=READ, response=list[DifferenceOut])
def diff_revisions(
    request: Asking,
    old: Whole = Query(0, description="Nomor revisi; 0 = isi bawaan."),
    new: Whole | None = Revision,
) -> list[dict[str, object]]:
    """Bandingkan dua revisi kamus, entri demi entri, kunci demi kunci."""
    return [_difference(one) for one in queries.difference(request.actor, old, new)]


@reads(router, "/{kind}", right=READ, response=Paged[EntryOut])
def list_entries(
    request: Asking,
    kind: Text,
    q: Text = Query("", description="Kata yang dicari; hanya untuk elemen (variable)."),
    sector: Text = "",
    agency: Text = "",
    form: Text = "",
    confidence: Text = "",
    revision: Whole | None = Revision,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[dict[str, object]]:
    """Entri satu jenis menurut kode; elemen (variable) dapat dicari dan disaring."""
    made = queries.dictionary(request.actor, revision)
    chosen = _kind(kind)
    if chosen is Thing.VARIABLE:
        found: list[Any] = list(find(made, Wanted(q, sector, agency, form, confidence=confidence)))
    else:
        found = list(made.of(chosen).values())
    rows = sorted(found, key=lambda one: one.code)
    shown = page(rows, key=lambda one: str(one.code), cursor=cursor, limit=limit)
    return Page([_entry(made, chosen, one) for one in shown.items], shown.next)


@reads(router, "/{kind}/{code}", right=READ, response=EntryOut)
def show_entry(
    request: Asking, kind: Text, code: Text, revision: Whole | None = Revision
) -> dict[str, object]:
    """Satu entri; elemen dengan frekuensi, rincian, dan apa yang memakainya."""
    made = queries.dictionary(request.actor, revision)
    chosen = _kind(kind)
    thing = made.of(chosen).get(code)
    if thing is None:
        raise missing("Entri", code)
    told = _entry(made, chosen, thing)
    if isinstance(thing, Variable) and revision is None:
        used = queries.uses(request.actor)[code]
        told["entry"] |= {
            "inputs": [f"{one.target} {one.input}" for one in used.inputs],
            "indicators": list(used.indicators),
            "read_by_rules": list(used.rules),
            "reports": list(used.reports),
        }
    return told


@reads(router, "/{kind}/{code}/history", right=READ, response=list[VersionOut])
def entry_history(request: Asking, kind: Text, code: Text) -> list[dict[str, object]]:
    """Versi sebuah entri, yang terbaru dahulu, masing-masing dengan perubahannya."""
    return [_version(one) for one in queries.history(request.actor, _kind(kind), code)]


@reads(form_router, "", right=READ, response=list[FormOut])
def list_forms(request: Asking) -> list[dict[str, object]]:
    """Formulir yang berlaku, dengan versi dan ukurannya."""
    made = queries.dictionary(request.actor)
    return [
        {
            **_form(made, one.code),
            "version": one.version,
            "variables": one.size.variables,
            "cells": one.size.cells,
            "asked_cells": one.size.asked_cells,
            "lists": [rows.code for rows in made.lists_of(one.code)],
        }
        for one in queries.forms(request.actor)
    ]


@reads(form_router, "/{code}", right=READ, response=FormWhole)
def show_form(
    request: Asking,
    code: Text,
    version: Whole | None = Query(None, description="Versi lama; tanpa ini yang berlaku."),
) -> dict[str, object]:
    """Formulir seperti yang ditanyakan: bagian, pertanyaan dengan rinciannya, daftar, pilihan."""
    found = queries.form(request.actor, code, version)
    if found is None:
        raise missing("Formulir", code)
    return _asked(found)


def _kind(name: str) -> Thing:
    if name not in set(Thing):
        raise missing("Jenis entri", name)
    return Thing(name)


def _saved(one: Saved) -> dict[str, object]:
    return {
        "number": one.number,
        "source": one.source,
        "reason": one.reason,
        "by": one.actor_name,
        "function": one.actor_function,
        "made_at": one.made_at,
        "entries": one.entries,
    }


def _difference(one: Difference) -> dict[str, object]:
    return {
        "kind": str(one.kind),
        "code": one.code,
        "name": one.name,
        "verdict": str(one.verdict),
        "keys": [dataclasses.asdict(key) for key in one.keys],
    }


def _version(one: EntryVersion) -> dict[str, object]:
    return {
        "number": one.number,
        "revision": one.saved.number,
        "by": one.saved.actor_name,
        "reason": one.saved.reason,
        "made_at": one.saved.made_at,
        "is_removed": one.is_removed,
        "changes": [dataclasses.asdict(key) for key in one.changes],
    }


def _entry(made: Dictionary, kind: Thing, thing: Any) -> dict[str, Any]:
    return {"kind": kind.value, "code": thing.code, "revision": made.revision, "entry": _plain(made, thing)}


def _plain(made: Dictionary, thing: Any) -> dict[str, Any]:
    """Give an entry as plain values; a variable with its frequency and breakdowns."""
    if not isinstance(thing, Variable):
        return plain(thing)
    own = {"frequency": str(made.frequency(thing.code)), "breakdowns": list(made.breakdowns(thing))}
    return plain(thing) | own


def _form(made: Dictionary, code: str) -> dict[str, object]:
    form = made.forms[code]
    return {"code": code, "name": form.name, "sector": form.sector, "frequency": str(form.frequency)}


def _asked(found: FormAsked) -> dict[str, object]:
    made, asked = found.dictionary, found.questionnaire
    columns = [column for one in asked.lists for column in one.columns]
    named = [name for one in (*asked.variables, *columns) for name in getattr(one, "classifications", ())]
    return {
        **_form(made, asked.form.code),
        "version": found.version,
        "hash": found.digest,
        "sections": [
            {"name": name, "variables": [_plain(made, one) for one in variables]}
            for name, variables in asked.sections
        ],
        "lists": [plain(one) for one in asked.lists],
        "classifications": {
            code: plain(made.classifications[code])
            for code in dict.fromkeys(named)
            if code in made.classifications
        },
    }
