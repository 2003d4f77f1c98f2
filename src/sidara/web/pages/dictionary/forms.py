"""The list of forms, and one form as it will be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sidara.dictionary import queries
from sidara.dictionary.core import Column as ListColumn
from sidara.dictionary.core import Dictionary, ListOfRows, Thing, Variable
from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.ui.figures import Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.dictionary.words import cited, limits
from sidara.web.pages.editing import addresses as drafted
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class FormsPage:
    """All forms in one table."""

    title: str
    lead: str
    figure: Figure

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The table that can be had as a file."""
        return {self.figure.key: self.figure}


@dataclass(frozen=True)
class Question:
    """One question: its words, its answer, its parts, when it is asked at all."""

    code: str
    href: str
    text: str
    unit: str
    answer: str
    options: Sequence[str]
    parts: Sequence[str]
    relevance: str
    is_required: bool
    is_derived: bool


@dataclass(frozen=True)
class Group:
    """A section, or a list with its columns; `hint` says how it is filled."""

    title: str
    hint: str
    questions: Sequence[Question]


@dataclass(frozen=True)
class FormPage:
    """A form at a version."""

    code: str
    title: str
    lead: str
    trail: Sequence[Link]
    notice: str
    sections: Sequence[Group]
    lists: Sequence[Group]
    versions: Table | None
    xlsform: str
    digest: str
    windows: Sequence[tuple[str, Link]] = ()


def build_list(actor: Actor) -> FormsPage:
    """Build the list of forms."""
    made = queries.dictionary(actor)
    found = queries.forms(actor)
    columns = (
        Column("kode", say("Kode")),
        Column("nama", say("Formulir")),
        Column("frekuensi", say("Diisi")),
        Column("versi", say("Versi")),
        Column("elemen", say("Elemen"), is_number=True),
        Column("isian", say("Isian"), is_number=True),
        Column("daftar", say("Daftar")),
    )
    rows = tuple(
        (
            addresses.form_cell(one.code),
            cited(made.forms[one.code].name),
            text_cell(say(made.forms[one.code].frequency.words)),
            text_cell(f"v{one.version}"),
            number_cell(one.size.variables),
            number_cell(one.size.asked_cells),
            cited(", ".join(rows.name for rows in made.lists_of(one.code))),
        )
        for one in found
    )
    asked = sum(one.size.asked_cells for one in found)
    figure = Figure(
        "formulir",
        say("Formulir menurut bidang dan frekuensi"),
        say("Isian = sel yang diketik desa, tanpa baris daftar; yang dihitung otomatis tidak ikut."),
        Table(columns, rows),
        (),
        notes=addresses.notes(made),
    )
    lead = say(
        "Satu desa mengetik {count} sel dalam satu putaran semua formulir. "
        "Tiap hal ditanyakan sekali; formulir lain membacanya.",
        count=format_number(asked),
    )
    title = say(
        "{forms} formulir dari {sectors} bidang",
        forms=format_number(len(found)),
        sectors=format_number(len(made.sectors)),
    )
    return FormsPage(title, lead, figure)


def _windows(actor: Actor, made: Dictionary, code: str) -> tuple[tuple[str, Link], ...]:
    """Lead those who may edit to the windows of a form: to change one, or to begin one like it."""
    if not queries.may_edit(actor):
        return ()
    own = [one for one in made.windows.values() if code in one.forms]
    if not own:
        return ((say("Jendela baru"), Link("", drafted.begin(Thing.WINDOW))),)
    changed = [(say("Ubah jendela"), Link(one.name, drafted.edit(Thing.WINDOW, one.code))) for one in own]
    again = drafted.begin(Thing.WINDOW, own[0].code)
    return (*changed, (say("Jendela baru bagi kelompok wilayah"), Link("", again)))


def build(actor: Actor, code: str, version: int | None) -> FormPage | None:
    """Build the page of a form at a version; `None` when there is none."""
    found = queries.form(actor, code, version)
    if found is None:
        return None
    made, asked = found.dictionary, found.questionnaire
    today = queries.form(actor, code)
    newest = today.version if today else found.version
    notice = ""
    if found.version != newest:
        notice = say(
            "Yang berlaku sekarang v{newest}; isian yang memakai v{old} tetap terbaca.",
            newest=newest,
            old=found.version,
        )
    form = asked.form
    query = f"?versi={found.version}" if version else ""
    return FormPage(
        code=code,
        title=form.name,
        lead=say(
            "Diisi {frequency} oleh {level}: {variables} elemen, {cells} sel diketik. Versi v{version}.",
            frequency=say(form.frequency.words),
            level=say(form.level),
            variables=format_number(found.size.variables),
            cells=format_number(found.size.asked_cells),
            version=found.version,
        ),
        trail=(Link(say("Formulir"), reverse("forms")), Link(code, "")),
        notice=notice,
        sections=[
            Group(name, "", [_question(made, one) for one in variables]) for name, variables in asked.sections
        ],
        lists=[_list(made, one) for one in asked.lists],
        versions=_versions(actor, code),
        xlsform=reverse("form-xlsform", args=[code]) + query,
        digest=found.digest[:12],
        windows=_windows(actor, queries.dictionary(actor), code),
    )


def _question(made: Dictionary, one: Variable | ListColumn) -> Question:
    is_variable = isinstance(one, Variable)
    labels: list[str] = []
    if isinstance(one, Variable):
        labels = [c.label for name in one.classifications for c in made.classifications[name].categories]
    limit = limits(one.range)
    return Question(
        code=one.code,
        href=addresses.element(one.code) if is_variable else "",
        text=one.question,
        unit=one.unit if one.is_number else "",
        answer=f"{say(one.type.words)}{', ' + limit if limit else ''}",
        options=[option.label for option in made.options_of(one)],
        parts=labels,
        relevance=one.relevance,
        is_required=one.is_required,
        is_derived=not one.is_asked,
    )


def _list(made: Dictionary, one: ListOfRows) -> Group:
    return Group(one.name, one.hint, [_question(made, c) for c in one.columns])


def _versions(actor: Actor, code: str) -> Table | None:
    found = queries.form_versions(actor, code)
    if not found:
        return None
    columns = (
        Column("versi", say("Versi")),
        Column("tanggal", say("Sejak")),
        Column("alasan", say("Alasan")),
    )
    rows = tuple(
        (
            text_cell(f"v{number}", href=f"{addresses.form(code)}?versi={number}"),
            text_cell(format_date(local_date(saved.made_at))),
            cited(saved.reason),
        )
        for number, _, saved in found
    )
    return Table(columns, rows)
