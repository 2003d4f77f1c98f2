"""One element: all that is said of it, what is checked, who reads it, its metadata and history."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from sidara.dictionary import queries
from sidara.dictionary.core import Completeness, Confidence, Dictionary, Thing, Variable
from sidara.dictionary.core.uses import REPORTS, FedInput, Uses
from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.ui.figures import Cell, Column, Table, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.dictionary.words import cited, limits, reason
from sidara.web.pages.parts import Fact
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class ElementPage:
    """What the page shows; tables may be missing. Texts of the dictionary stay Indonesian."""

    code: str
    title: str
    question: str
    trail: Sequence[Link]
    is_waiting: bool
    facts: Sequence[Fact]
    form: Link
    options: Table | None
    breakdowns: Table | None
    formula: str
    relevance: str
    rules: Table | None
    feeds: Table | None
    indicators: Sequence[tuple[str, str]]
    readers: Sequence[tuple[str, str]]
    reports: Sequence[tuple[str, str]]
    metadata: Table
    metadata_title: str
    reasons: Sequence[str]
    versions: Table | None


def build(actor: Actor, code: str, year: int) -> ElementPage | None:
    """Build the page of an element; `None` when there is none of that code."""
    made = queries.dictionary(actor)
    one = made.variables.get(code)
    if one is None:
        return None
    used = queries.uses(actor)[code]
    ready = queries.satu_data(actor, year).variables[code]
    own = ready.completeness
    return ElementPage(
        code=code,
        title=one.name,
        question=one.question if one.is_asked else "",
        trail=addresses.trail(
            Link(one.sector, f"{reverse('dictionary')}?bidang={one.sector}"), Link(code, "")
        ),
        is_waiting=one.text_confidence is Confidence.INFERRED,
        facts=_facts(made, one),
        form=Link(made.forms[one.form].name, addresses.form(one.form)),
        options=_options(made, one),
        breakdowns=_breakdowns(made, one),
        formula=one.formula,
        relevance=one.relevance,
        rules=_rules(one),
        feeds=_feeds(actor, used.inputs),
        indicators=[(made.indicators[name].name, made.indicators[name].formula) for name in used.indicators],
        readers=_readers(used),
        reports=[_report(source) for source in used.reports],
        metadata=_metadata(own),
        metadata_title=say(
            "MS-Var: {filled} dari {required} isian wajib terisi",
            filled=format_number(own.filled),
            required=format_number(own.required),
        ),
        reasons=[reason(one) for one in ready.reasons],
        versions=_versions(actor, code),
    )


def _facts(made: Dictionary, one: Variable) -> list[Fact]:
    part = f"{one.part_of.variable} {one.part_of.by}".strip() if one.part_of else ""
    cited_facts = [
        (say("Definisi"), one.definition),
        (say("Mengapa ditanya"), one.reason),
        (say("Contoh"), one.example),
        (say("Bukti yang dihitung"), one.evidence),
        (say("Satuan"), one.unit),
        (say("Konsep"), one.concept),
        (say("Ukuran"), one.measure),
        (say("OPD pemilik"), made.agencies[one.agency].name),
        (say("Sumber"), "; ".join(one.sources)),
        (say("Bagian dari"), part),
        (say("Penayangan"), one.presentation),
        (say("Catatan"), one.note),
    ]
    limit = limits(one.range)
    said = [
        (say("Jawaban"), f"{say(one.type.words)}{', ' + limit if limit else ''}"),
        (
            say("Cara isi"),
            ", ".join((say(one.filled_by.words), say(made.forms[one.form].frequency.words))),
        ),
        (say("Tanggal acuan"), say(one.reference_date.words)),
        (say("Wajib"), say("ya") if one.is_required else say("tidak")),
        (say("Berlaku untuk"), say(one.applies_to.words)),
        (say("Bidang penguatan"), say(one.field.words)),
        (say("Digabung ke atas"), say(one.aggregation.words)),
        (say("Kerahasiaan"), say(one.confidentiality.words)),
        (say("Keyakinan butir"), say(one.confidence.words)),
    ]
    return [
        *(Fact(word, text, is_cited=True) for word, text in cited_facts[:5] if text),
        *(Fact(word, text) for word, text in said),
        *(Fact(word, text, is_cited=True) for word, text in cited_facts[5:] if text),
    ]


def _table(*columns: tuple[str, str], rows: Sequence[Sequence[Cell]]) -> Table | None:
    if not rows:
        return None
    return Table(tuple(Column(key, label) for key, label in columns), tuple(tuple(row) for row in rows))


def _options(made: Dictionary, one: Variable) -> Table | None:
    options = made.options_of(one)
    columns = [("kode", say("Kode")), ("pilihan", say("Pilihan"))]
    rows = [[text_cell(option.code, language="id"), cited(option.label)] for option in options]
    for scheme in dict.fromkeys(other.scheme for option in options for other in option.other_codes):
        columns.append((f"kode_{scheme}", say("Kode {scheme}", scheme=scheme)))
        for row, option in zip(rows, options, strict=True):
            held = next((other.code for other in option.other_codes if other.scheme == scheme), "")
            row.append(text_cell(held, language="id"))
    return _table(*columns, rows=rows)


def _breakdowns(made: Dictionary, one: Variable) -> Table | None:
    rows = [
        (
            cited(category.label),
            cited(made.classifications[name].name),
            cited(f"{name}:{category.code}"),
        )
        for name in one.classifications
        for category in made.classifications[name].categories
    ]
    return _table(
        ("kategori", say("Kategori")), ("klasifikasi", say("Klasifikasi")), ("kode", say("Kode")), rows=rows
    )


def _rules(one: Variable) -> Table | None:
    rows = [
        (
            text_cell(rule.code),
            text_cell(say(rule.severity.words)),
            cited(f"{rule.when} -> {rule.holds}" if rule.when else rule.holds),
            cited(rule.message),
        )
        for rule in one.rules
    ]
    return _table(
        ("aturan", say("Aturan")),
        ("akibat", say("Bila dilanggar")),
        ("ungkapan", say("Yang harus benar")),
        ("pesan", say("Pesan")),
        rows=rows,
    )


def _feeds(actor: Actor, inputs: Sequence[FedInput]) -> Table | None:
    known = indices.feeds(actor)
    rows = [
        (
            cited(known[given.feed].name if given.feed in known else given.feed),
            text_cell(", ".join(given.items)),
            cited(given.input),
            cited(given.expression),
        )
        for given in inputs
    ]
    return _table(
        ("indeks", say("Indeks")),
        ("butir", say("Butir")),
        ("masukan", say("Masukan")),
        ("ungkapan", say("Ungkapan")),
        rows=rows,
    )


def _readers(used: Uses) -> list[tuple[str, str]]:
    groups = (
        (say("Aturan"), used.rules),
        (say("Syarat tampil"), used.relevances),
        (say("Rumus"), used.formulas),
    )
    return [(word, ", ".join(codes)) for word, codes in groups if codes]


def _report(source: str) -> tuple[str, str]:
    head, _, place = source.partition(":")
    return REPORTS[head], place


def _metadata(own: Completeness) -> Table:
    rows = tuple(
        (
            text_cell(one.field.code),
            cited(one.field.name),
            cited(one.field.words(one.value)) if one.value else text_cell(say("belum ada")),
            text_cell(say("wajib") if one.field.is_required else say("boleh kosong")),
        )
        for one in own.fields
    )
    columns = (
        Column("no", say("Kode")),
        Column("isian", say("Isian")),
        Column("nilai", say("Nilai")),
        Column("wajib", say("Wajib")),
    )
    return Table(columns, rows)


def _versions(actor: Actor, code: str) -> Table | None:
    rows = [
        (
            text_cell(say("versi {number}", number=one.number)),
            text_cell(format_date(local_date(one.saved.made_at))),
            cited(one.saved.actor_function or one.saved.actor_name),
            cited(one.saved.reason),
            text_cell(", ".join(change.key for change in one.changes) or say("pertama dimuat")),
        )
        for one in queries.history(actor, Thing.VARIABLE, code)
    ]
    return _table(
        ("versi", say("Versi")),
        ("tanggal", say("Tanggal")),
        ("oleh", say("Oleh")),
        ("alasan", say("Alasan")),
        ("berubah", say("Yang berubah")),
        rows=rows,
    )
