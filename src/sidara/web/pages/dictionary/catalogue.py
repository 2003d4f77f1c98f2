"""The catalogue of elements: searched and filtered, with its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sidara.dictionary import queries
from sidara.dictionary.core import Confidence, Dictionary, Frequency, Variable, Wanted, find
from sidara.kernel.actor import Actor
from sidara.ui.figures import Column, Figure, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.dictionary.words import cited
from sidara.web.pages.parts import Option

FIRST, MOST = 20, 80
"""Rows that stand open, and rows on a screen; files hold all."""
FILTERS = {
    "bidang": "sector",
    "opd": "agency",
    "formulir": "form",
    "frekuensi": "frequency",
    "keyakinan": "confidence",
}
"""Filters by their name in addresses."""
CITED = {"bidang", "opd", "formulir"}
"""Those whose choices are names of the dictionary, which stay Indonesian."""


@dataclass(frozen=True)
class Filter:
    """One filter: its name in addresses, its label, what can be chosen."""

    name: str
    label: str
    choices: Sequence[Option]


@dataclass(frozen=True)
class CataloguePage:
    """What was looked for and what was found."""

    title: str
    text: str
    filters: Sequence[Filter]
    is_filtered: bool
    figure: Figure
    query: str
    waiting: str

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The tables that can be had as files."""
        return {self.figure.key: self.figure}


def build(actor: Actor, asked: Mapping[str, str]) -> CataloguePage:
    """Build the page; `asked` holds `q` and the filters by their name in addresses."""
    made = queries.dictionary(actor)
    text = asked.get("q", "")[:100]
    chosen = {name: asked.get(name, "") for name in FILTERS}
    wanted = Wanted(text, **{FILTERS[name]: value for name, value in chosen.items()})
    found = find(made, wanted)
    said = {name: value for name, value in (("q", text), *chosen.items()) if value}
    waiting = sum(one.text_confidence is Confidence.INFERRED for one in made.variables.values())
    return CataloguePage(
        _title(made, found, is_filtered=bool(said)),
        text,
        _filters(made, chosen),
        bool(said),
        _figure(made, found),
        f"?{urlencode(said)}" if said else "",
        _waiting(waiting, len(made.variables)),
    )


def _title(made: Dictionary, found: Sequence[Variable], *, is_filtered: bool) -> str:
    if is_filtered:
        return say(
            "{found} dari {whole} elemen data cocok",
            found=format_number(len(found)),
            whole=format_number(len(made.variables)),
        )
    asked = sum(one.is_asked for one in made.variables.values())
    derived = format_number(len(made.variables) - asked)
    return say(
        "{asked} hal ditanyakan kepada desa, {derived} lagi dihitung otomatis",
        asked=format_number(asked),
        derived=derived,
    )


def _waiting(count: int, whole: int) -> str:
    if not count:
        return ""
    return say(
        "Teks {count} dari {whole} elemen masih usulan dan menunggu persetujuan OPD pemiliknya. "
        "Keyakinan pada tabel adalah tentang asal butirnya.",
        count=format_number(count),
        whole=format_number(whole),
    )


def _filters(made: Dictionary, chosen: Mapping[str, str]) -> tuple[Filter, ...]:
    owners = {one.agency for one in made.variables.values()}
    offered = {
        "bidang": (say("Bidang"), {code: one.name for code, one in made.sectors.items()}),
        "opd": (
            say("OPD pemilik"),
            {code: one.name for code, one in made.agencies.items() if code in owners},
        ),
        "formulir": (say("Formulir"), {code: one.name for code, one in made.forms.items()}),
        "frekuensi": (say("Frekuensi"), {one.value: say(one.words) for one in Frequency}),
        "keyakinan": (say("Keyakinan butir"), {one.value: say(one.words) for one in Confidence}),
    }
    return tuple(
        Filter(
            name,
            label,
            [
                Option(code, words, code == chosen[name], is_cited=name in CITED)
                for code, words in choices.items()
            ],
        )
        for name, (label, choices) in offered.items()
    )


FILED = (
    "formulir",
    "bidang",
    "konsep",
    "definisi",
    "mengapa_ditanya",
    "contoh",
    "bukti",
    "jenis_jawaban",
    "rincian",
    "keyakinan_teks",
    "sumber",
)
"""Columns that only files hold."""


def _columns() -> tuple[Column, ...]:
    return (
        Column("kode", say("Kode")),
        Column("nama", say("Nama")),
        Column("pertanyaan", say("Pertanyaan")),
        Column("satuan", say("Satuan")),
        Column("frekuensi", say("Frekuensi")),
        Column("pemilik", say("OPD pemilik")),
        Column("keyakinan", say("Keyakinan")),
        *(Column(key, key, is_file_only=True) for key in FILED),
    )


def _figure(made: Dictionary, found: Sequence[Variable]) -> Figure:
    rows = tuple(
        (
            addresses.element_cell(one.code),
            cited(one.name),
            cited(one.question) if one.is_asked else text_cell(say("Dihitung sendiri, tidak ditanyakan")),
            cited(one.unit),
            text_cell(say(made.forms[one.form].frequency.words)),
            text_cell(one.agency),
            text_cell(say(one.confidence.words)),
            *(
                text_cell(value)
                for value in (
                    one.form,
                    one.sector,
                    one.concept,
                    one.definition,
                    one.reason,
                    one.example,
                    one.evidence,
                    str(one.type),
                    "; ".join(one.classifications),
                    one.text_confidence.words,
                    "; ".join(one.sources),
                )
            ),
        )
        for one in found
    )
    return Figure(
        "elemen",
        say("Elemen data"),
        say("Kode, pertanyaan, satuan, seberapa sering diisi, dan OPD pemiliknya."),
        Table(_columns(), rows),
        (),
        notes=addresses.notes(made),
        first=FIRST,
        most=MOST,
    )
