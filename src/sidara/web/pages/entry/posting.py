"""What a page without script posts: the cells whose fields were changed, and what became of them.

Each field carries beside it what it showed (`asal`), so that only what its author changed is sent, on the
revision that the page showed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from sidara.collection import queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import CLEARED, REMOVED, Given
from sidara.collection.core.bringing import filler_missing
from sidara.collection.core.handwriting import plain_number
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place, Severity
from sidara.web.bodies import is_revision
from sidara.web.pages.entry.addresses import (
    PAPER_DOOR,
    WEB_DOOR,
    field_id,
    field_name,
    page_of,
    section_of,
)

VALUE, WAS, TOLD, TOLD_WAS = "nilai", "asal", "jelas", "jelas-asal"
"""How the names of fields begin; the field's own name stands behind a colon."""


@dataclass(frozen=True)
class Typed:
    """What was typed into a field and not taken: value, explanation, and why.

    `is_kept`: it is in conflict with what somebody else filled in; both are kept.
    """

    shown: str
    explanation: str
    refused: tuple[str, ...] = ()
    is_kept: bool = False


@dataclass(frozen=True)
class Notice:
    """What is told of a save above the fields; `href` leads to the field, where it is one."""

    message: str
    remedy: str
    href: str = ""


@dataclass(frozen=True)
class Posted:
    """What became of a section that was posted; `address` leads on where nothing is to be said of it.

    `faults` say what was not stored, `notes` what was stored and should be looked at. `entry` is the form as
    the save left it, `typed` what its fields said that were not taken, by their names.
    """

    address: str = ""
    faults: tuple[Notice, ...] = ()
    notes: tuple[Notice, ...] = ()
    entry: queries.Entry | None = None
    typed: Mapping[str, Typed] = field(default_factory=dict)


def save(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    entry: queries.Entry,
    given: QueryDict,
    *,
    now: datetime,
    door: str = WEB_DOOR,
    filler: str = "",
    device: UUID | None = None,
) -> Posted:
    """Save what a section posts from a device; refuses (`NotAllowed`) as the service does."""
    cells = tuple(replace(one, place=Place(line=at)) for at, one in enumerate(_changed(entry, given)))
    if door == PAPER_DOOR and not filler:
        return Posted(faults=_told(entry, [filler_missing()], cells), typed=_typed(given, cells))
    onward = section_of(door, entry.key, given.get("ke") or given.get("bagian", ""), filler)
    if not cells:
        return Posted(onward)
    try:
        message, base = UUID(given.get("pesan", "")), int(given.get("revisi", ""))
    except ValueError:
        return Posted(page_of(door, entry.key))
    if not is_revision(base):
        return Posted(page_of(door, entry.key))
    source = Source.PAPER if door == PAPER_DOOR else Source.WEB
    one = services.Save(entry.key, base, message, source, cells, filler=filler, device=device)
    saved = services.save_cells(actor, save=one, now=now)
    if not saved.account.findings:
        return Posted(onward)
    after = queries.entry(actor, entry.key, today=local_date(now), state=saved.state)
    return _posted(
        entry, entry if isinstance(after, Finding) else after, given, cells, saved.account.findings
    )


def _posted(
    entry: queries.Entry,
    after: queries.Entry,
    given: QueryDict,
    cells: Sequence[Given],
    findings: Sequence[Finding],
) -> Posted:
    """Say what became of cells of which something is told; one without a number is about all of them."""
    faults = [one for one in findings if one.severity is Severity.ERROR]
    notes = [one for one in findings if one.severity is not Severity.ERROR]
    refused = {one.place.line for one in faults}
    left = cells if None in refused else [one for one in cells if one.place.line in refused]
    return Posted(
        faults=_told(entry, faults, cells),
        notes=_told(entry, notes, cells),
        entry=replace(after, is_readonly=entry.is_readonly or after.is_locked),
        typed=_typed(given, left, faults),
    )


def _told(entry: queries.Entry, findings: Sequence[Finding], cells: Sequence[Given]) -> tuple[Notice, ...]:
    """Tell findings above the fields, each with the way to its own."""
    made = []
    for one in findings:
        cell = None if one.place.line is None else cells[one.place.line]
        is_field = cell is not None and cell.variable not in entry.asking.lists
        href = f"#{field_id(field_name(cell))}" if cell and is_field else ""
        made.append(Notice(one.message, one.remedy, href))
    return tuple(made)


def _typed(given: QueryDict, cells: Sequence[Given], faults: Sequence[Finding] = ()) -> dict[str, Typed]:
    """Give what the fields of cells said, with the faults that name their number."""
    made = {}
    for one in cells:
        name = field_name(one)
        told = given.get(f"{TOLD}:{name}", given.get(f"{TOLD_WAS}:{name}", ""))
        own = [fault for fault in faults if fault.place.line == one.place.line]
        is_kept = any(fault.code == "CELL_CONFLICT" for fault in own)
        made[name] = Typed(_written(given, name), told, tuple(fault.message for fault in own), is_kept)
    return made


def _written(given: QueryDict, name: str) -> str:
    """Give what a field says, with a blank between several options."""
    return " ".join(one for one in given.getlist(f"{VALUE}:{name}") if one).strip()


def _changed(entry: queries.Entry, given: QueryDict) -> Iterator[Given]:
    """Give the cells whose field or explanation differs from what it showed."""
    for name in given:
        kind, _, cell = name.partition(":")
        if kind != WAS or cell.count("/") != 2:
            continue
        row, variable, breakdown = cell.split("/")
        shown = _written(given, cell)
        told, told_was = given.get(f"{TOLD}:{cell}"), given.get(f"{TOLD_WAS}:{cell}", "")
        if shown == given[name] and (told is None or told == told_was):
            continue
        asked = entry.asking.variables.get(variable) or entry.asking.columns.get(variable)
        value = (plain_number(shown) or shown) if asked is not None and asked.is_number else shown
        explanation = told_was if told is None else told
        yield Given(variable, value or CLEARED, "", breakdown, row, explanation)
    for name in given:
        kind, _, cell = name.partition(":")
        value = given.get(name, "")
        if kind == "hapus" and cell.count("/") == 1:
            row, own = cell.split("/")
            yield Given(own, REMOVED, row=row)
        elif kind == "kosong" and cell in entry.asking.lists:
            yield Given(cell, State.NONE.words if value == "ya" else CLEARED)
