"""One element: all that is said of it, what is checked, who reads it, its metadata and history."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.dictionary import queries
from sidara.dictionary.core import Completeness, Confidence, Dictionary, Thing, Variable
from sidara.dictionary.core.metadata import domain
from sidara.dictionary.core.uses import REPORTS, FedInput, Uses
from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.number import format_date, format_number
from sidara.ui.figures import Cell, Column, Table, text_cell
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class ElementPage:
    """What the page shows; `facts` are pairs of word and text, tables may be missing."""

    code: str
    title: str
    lead: str
    trail: Sequence[Link]
    waiting: str
    facts: Sequence[tuple[str, str]]
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
        lead=one.question if one.is_asked else "Dihitung sendiri dari isian lain; tidak ditanyakan.",
        trail=addresses.trail(
            Link(made.sectors[one.sector].name, f"/kamus?bidang={one.sector}"), Link(code, "")
        ),
        waiting=_waiting(made, one),
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
        metadata_title=f"MS-Var: {own.filled} dari {own.required} isian wajib terisi",
        reasons=ready.reasons,
        versions=_versions(actor, code),
    )


def _waiting(made: Dictionary, one: Variable) -> str:
    if one.text_confidence is not Confidence.INFERRED:
        return ""
    owner = made.agencies[one.agency].name
    return f"Pertanyaan, alasan, contoh dan pesan pada halaman ini usulan, menunggu persetujuan {owner}."


def _facts(made: Dictionary, one: Variable) -> list[tuple[str, str]]:
    places = format_number(one.decimals) if one.decimals else ""
    period = made.forms[one.form].frequency.words
    facts = [
        ("Definisi", one.definition),
        ("Mengapa ditanya", one.reason),
        ("Contoh", one.example),
        ("Bukti yang dihitung", one.evidence),
        ("Jawaban", domain(made, one) if not one.is_choice else one.type.words),
        ("Satuan", one.unit + (f", {places} angka di belakang koma" if places else "")),
        ("Konsep", one.concept),
        ("Ukuran", one.measure),
        ("Cara isi", f"{one.filled_by.words}, {period}, keadaan {one.reference_date.words}"),
        ("Wajib", "ya" if one.is_required else "tidak"),
        ("Berlaku untuk", one.applies_to.words),
        ("Bidang penguatan", one.field.words),
        ("Digabung ke atas", one.aggregation.words),
        ("Kerahasiaan", one.confidentiality.words),
        ("OPD pemilik", made.agencies[one.agency].name),
        ("Keyakinan butir", one.confidence.words),
        ("Sumber", "; ".join(one.sources)),
        ("Bagian dari", f"{one.part_of.variable} {one.part_of.by}".strip() if one.part_of else ""),
        ("Penayangan", one.presentation),
        ("Catatan", one.note),
    ]
    return [(word, text) for word, text in facts if text]


def _table(*columns: tuple[str, str], rows: Sequence[Sequence[Cell]]) -> Table | None:
    if not rows:
        return None
    return Table(tuple(Column(key, label) for key, label in columns), tuple(tuple(row) for row in rows))


def _options(made: Dictionary, one: Variable) -> Table | None:
    rows = [(text_cell(option.code), text_cell(option.label)) for option in made.options_of(one)]
    return _table(("kode", "Kode"), ("pilihan", "Pilihan"), rows=rows)


def _breakdowns(made: Dictionary, one: Variable) -> Table | None:
    rows = [
        (
            text_cell(category.label),
            text_cell(made.classifications[name].name),
            text_cell(f"{name}:{category.code}"),
        )
        for name in one.classifications
        for category in made.classifications[name].categories
    ]
    return _table(("kategori", "Kategori"), ("klasifikasi", "Klasifikasi"), ("kode", "Kode"), rows=rows)


def _rules(one: Variable) -> Table | None:
    rows = [
        (
            text_cell(rule.code),
            text_cell(rule.severity.words),
            text_cell(f"{rule.when} -> {rule.holds}" if rule.when else rule.holds),
            text_cell(rule.message),
        )
        for rule in one.rules
    ]
    return _table(
        ("aturan", "Aturan"),
        ("akibat", "Bila dilanggar"),
        ("ungkapan", "Yang harus benar"),
        ("pesan", "Pesan"),
        rows=rows,
    )


def _feeds(actor: Actor, inputs: Sequence[FedInput]) -> Table | None:
    known = indices.feeds(actor)
    rows = [
        (
            text_cell(known[given.feed].name if given.feed in known else given.feed),
            text_cell(", ".join(given.items)),
            text_cell(given.input),
            text_cell(given.expression),
        )
        for given in inputs
    ]
    return _table(
        ("indeks", "Indeks"), ("butir", "Butir"), ("masukan", "Masukan"), ("ungkapan", "Ungkapan"), rows=rows
    )


def _readers(used: Uses) -> list[tuple[str, str]]:
    groups = (("Aturan", used.rules), ("Syarat tampil", used.relevances), ("Rumus", used.formulas))
    return [(word, ", ".join(codes)) for word, codes in groups if codes]


def _report(source: str) -> tuple[str, str]:
    head, _, place = source.partition(":")
    return REPORTS[head], place


def _metadata(own: Completeness) -> Table:
    rows = tuple(
        (
            text_cell(one.field.code),
            text_cell(one.field.name),
            text_cell(one.field.words(one.value) if one.value else "belum ada"),
            text_cell("wajib" if one.field.is_required else "boleh kosong"),
        )
        for one in own.fields
    )
    columns = (
        Column("no", "Kode"),
        Column("isian", "Isian"),
        Column("nilai", "Nilai"),
        Column("wajib", "Wajib"),
    )
    return Table(columns, rows)


def _versions(actor: Actor, code: str) -> Table | None:
    rows = [
        (
            text_cell(f"versi {one.number}"),
            text_cell(format_date(local_date(one.saved.made_at))),
            text_cell(one.saved.actor_function or one.saved.actor_name),
            text_cell(one.saved.reason),
            text_cell(", ".join(change.key for change in one.changes) or "pertama dimuat"),
        )
        for one in queries.history(actor, Thing.VARIABLE, code)
    ]
    return _table(
        ("versi", "Versi"),
        ("tanggal", "Tanggal"),
        ("oleh", "Oleh"),
        ("alasan", "Alasan"),
        ("berubah", "Yang berubah"),
        rows=rows,
    )
