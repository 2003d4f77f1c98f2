"""Cells as a door sends them, read by the form that asks for them: typed and canonical, or a finding.

Every door reads its own file into `Given` texts; from there on all doors are one. A value that breaks a rule
is no matter of this module: it is stored, with its finding. Lists: the row `""` with the code of the list
says that there are none (`tidak_ada`), a row's own cell of that code says whether the row is there.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from sidara.collection.core.dataset import EXAMPLES, dataset_of
from sidara.collection.core.submission import Content, Key, Sent
from sidara.dictionary.core import Column, Dictionary, Form, ListOfRows, Questionnaire, Type, Variable, typed
from sidara.dictionary.core.words import Totals
from sidara.expressions.vocabulary import near
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period
from sidara.regions.core import Region

PRESENT, REMOVED = "ada", "dihapus"
"""What the own cell of a row of a list says: the row is there, or was taken out (it is never deleted)."""
type Typed = Decimal | str | bool | date
CLEARED = "hapus"
"""The word that clears a cell: it is then as if nobody had filled it in."""
LONGEST_TEXT = 4_000
VILLAGE_CODE = "62.01.02.2016"
"""How the code of a village is written."""
_WORDS: Mapping[str, State] = {one.value: one for one in State} | {one.words: one for one in State}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that nobody sees, and halves of signs, which no text that is stored can hold."""


@dataclass(frozen=True, slots=True)
class Given:
    """A cell as a door read it, all in texts. `state` may be empty where there is a value.

    `origin` is the reference of the source from which it says that it was taken over (`core.prefill.Origin`).
    """

    variable: str
    value: str = ""
    state: str = ""
    breakdown: str = TOTAL
    row: str = ""
    explanation: str = ""
    place: Place = field(default_factory=Place)
    origin: str = ""


@dataclass(frozen=True)
class Asking:
    """A form at the version that a submission is filled in (hash and number), with the dictionary of then."""

    dictionary: Dictionary
    questionnaire: Questionnaire
    version: str
    number: int

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """The variables of the form by code."""
        return {one.code: one for one in self.questionnaire.variables}

    @cached_property
    def lists(self) -> Mapping[str, ListOfRows]:
        """The lists of the form by code."""
        return {one.code: one for one in self.questionnaire.lists}

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The columns of the form's lists by code."""
        return {column.code: column for one in self.questionnaire.lists for column in one.columns}

    @cached_property
    def breakdowns(self) -> Mapping[str, tuple[str, ...]]:
        """The breakdowns under which each variable is asked: its parts, and the total where it has one."""
        return {code: breakdowns_asked(self.dictionary, one) for code, one in self.variables.items()}


def breakdowns_asked(dictionary: Dictionary, variable: Variable) -> tuple[str, ...]:
    """Give the breakdowns of a variable's cells: its parts, then the total where parts make one."""
    parts = dictionary.breakdowns(variable)
    return (*parts, TOTAL) if variable.parts is Totals.EQUAL or not parts else parts


def read_cells(asking: Asking, given: Sequence[Given]) -> tuple[list[Sent], list[Finding]]:
    """Read cells by the form: what can be stored, and a finding for each that cannot."""
    sent: list[Sent] = []
    findings: list[Finding] = []
    for one in given:
        found = _read(asking, one)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            sent.append(found)
    return sent, findings


def _read(asking: Asking, one: Given) -> Sent | Finding:
    asked = asking.variables.get(one.variable) or asking.columns.get(one.variable)
    if one.variable in asking.lists:
        return _row_itself(one)
    if asked is None:
        return _unknown(asking, one)
    if not asked.is_asked:
        return _fault(
            one, "CELL_DERIVED", f"{_named(asked)} dihitung otomatis dari isian lain.", "Kosongkan sel ini."
        )
    fault = _key_fault(asking, one)
    if fault is not None:
        return fault
    content = _content(asking.dictionary, asked, one)
    return content if isinstance(content, Finding) else Sent(_key(one), content, one.place)


def cell_fault(asking: Asking, key: Key) -> Finding | None:
    """Say what is wrong with the key of a cell to which something is added; `None` where the form has it."""
    one = Given(key.variable, breakdown=key.breakdown, row=key.row)
    if key.variable in asking.lists:
        found = _row_itself(one)
        is_row = not key.row or _is_row(key.row)
        return None if (is_row and key.breakdown == TOTAL) or isinstance(found, Sent) else found
    if key.variable not in asking.variables and key.variable not in asking.columns:
        return _unknown(asking, one)
    return _key_fault(asking, one)


def _key(one: Given) -> Key:
    return Key(one.row.lower(), one.variable, one.breakdown)


def _key_fault(asking: Asking, one: Given) -> Finding | None:
    """Say what is wrong with the key of a cell."""
    if one.variable in asking.columns:
        if not _is_row(one.row):
            return _fault(
                one,
                "ROW_UNKNOWN",
                f"{one.variable} ditanyakan bagi tiap baris daftar, tetapi barisnya tidak disebut.",
                "Isi kolom row dengan kode baris (UUID) yang dibuat perangkat atau buku kerja.",
            )
        return None if one.breakdown == TOTAL else _breakdown_fault(one, (TOTAL,))
    if one.row:
        return _fault(one, "ROW_UNKNOWN", f"{one.variable} bukan kolom daftar.", "Kosongkan kolom row.")
    known = asking.breakdowns[one.variable]
    return None if one.breakdown in known else _breakdown_fault(one, known)


def _breakdown_fault(one: Given, known: Sequence[str]) -> Finding:
    some = ", ".join(known[:4]) + (", …" if len(known) > 4 else "")
    return _fault(
        one,
        "BREAKDOWN_UNKNOWN",
        f"{one.variable} tidak ditanyakan menurut {one.breakdown}.",
        f"Pakai salah satu dari: {some}.",
    )


def _is_row(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _row_itself(one: Given) -> Sent | Finding:
    """Read the own cell of a list (`row` empty) or of one of its rows."""
    state, value = _state(one), one.value.strip()
    if not one.row:
        said_once = not (value and one.state.strip())
        if one.breakdown == TOTAL and state in {State.NONE, State.EMPTY} and said_once:
            return Sent(_key(one), Content(state), one.place)
        return _fault(
            one,
            "LIST_FORM",
            f"Daftar {one.variable} hanya dapat dinyatakan tidak ada.",
            "Tulis tidak ada, atau isi baris-barisnya.",
        )
    if not _is_row(one.row) or one.breakdown != TOTAL or value not in {PRESENT, REMOVED}:
        return _fault(
            one,
            "ROW_FORM",
            f"Baris daftar {one.variable} tidak dapat dibaca.",
            f"Kode baris berupa UUID; isinya {PRESENT} atau {REMOVED}.",
        )
    return Sent(_key(one), Content(State.VALUE, value), one.place)


def _state(one: Given) -> State | None:
    """Read the state: its word, the word that clears, or that of a value; `None` when it is no state."""
    word = one.state.strip().lower() or one.value.strip().lower()
    if word == CLEARED:
        return State.EMPTY
    return _WORDS.get(word) if one.state.strip() or word in _WORDS else State.VALUE


def _is_option(dictionary: Dictionary, asked: Variable | Column, one: Given) -> bool:
    """Whether a value is the code of an option, though it may be the word of a state; `state` goes before."""
    if one.state.strip() or not asked.is_choice:
        return False
    text = one.value.strip()
    return any(option.code == text for option in dictionary.options_of(asked))


def _content(dictionary: Dictionary, asked: Variable | Column, one: Given) -> Content | Finding:
    """Read state, value and explanation."""
    explanation = tidy(one.explanation)
    if explanation is None:
        return _text_fault(one, f"Penjelasan {_named(asked)}", one.explanation)
    state = State.VALUE if _is_option(dictionary, asked, one) else _state(one)
    if state is None:
        words = ", ".join(state.words for state in State)
        return _fault(
            one,
            "STATE_UNKNOWN",
            f"{one.state} bukan keadaan sel.",
            f"Pakai salah satu dari: {words}.",
            one.state,
        )
    if state is not State.VALUE:
        if one.state.strip() and one.value.strip():
            return _fault(
                one,
                "VALUE_AND_STATE",
                f"{_named(asked)} dinyatakan {state.words}, tetapi ada nilainya.",
                "Pilih salah satu: nilai atau keadaannya.",
            )
        return Content(state, None, explanation)
    return _value(dictionary, asked, one, explanation)


def _value(
    dictionary: Dictionary, asked: Variable | Column, one: Given, explanation: str
) -> Content | Finding:
    """Read a value by its type and write it canonically."""
    text = tidy(one.value)
    if text is None:
        return _text_fault(one, _named(asked), one.value)
    if not text:
        return _fault(
            one, "VALUE_MISSING", f"{_named(asked)} dinyatakan bernilai, tetapi kosong.", "Isi nilainya."
        )
    found = typed(dictionary, asked, text)
    if found is None:
        return _fault(
            one,
            "VALUE_TYPE",
            f"{_named(asked)} berisi {_short(text)}, seharusnya {asked.type.words}.",
            _how(dictionary, asked),
        )
    return Content(State.VALUE, canonical_value(dictionary, asked, found), explanation)


def _named(asked: Variable | Column) -> str:
    """Name a question for people and for who looks it up by its code."""
    return f"{asked.name} ({asked.code})"


def canonical_value(dictionary: Dictionary, asked: Variable | Column, value: Typed) -> str:
    """Write a value as it is stored and hashed, the same from every door.

    Numbers in plain digits without needless zeros (`12.5`, `-3`, `0`), truths `true`/`false`, days
    `2026-11-24`, several options in the order of the codelist, texts in NFC without blanks around.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if asked.type is Type.CHOICES:
        chosen = set(value.split(" "))
        return " ".join(one.code for one in dictionary.options_of(asked) if one.code in chosen)
    return value


def tidy(text: str) -> str | None:
    """Bring a text into its canonical form; `None` when it holds control signs or is too long."""
    made = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    return None if _CONTROL.search(made) or len(made) > LONGEST_TEXT else made


def _how(dictionary: Dictionary, asked: Variable | Column) -> str:
    """Say how a value of a type is written."""
    match asked.type:
        case Type.WHOLE | Type.MONEY:
            return "Tulis angka saja tanpa titik ribuan, misalnya 1250000."
        case Type.DECIMAL | Type.PERCENT:
            return (
                f"Tulis angka dengan titik desimal, paling banyak {asked.decimals or 0} angka di belakangnya."
            )
        case Type.YES_NO:
            return "Tulis ya atau tidak."
        case Type.DATE:
            return "Tulis tanggal seperti 2026-11-24."
        case Type.CHOICE | Type.CHOICES:
            options = [one.code for one in dictionary.options_of(asked)]
            return "Pakai kode pilihan: " + ", ".join(options[:8]) + (", …" if len(options) > 8 else ".")
        case _:
            return "Tulis teksnya."


def _unknown(asking: Asking, one: Given) -> Finding:
    """Say that the form does not ask this, and which form does."""
    elsewhere = asking.dictionary.variables.get(one.variable)
    form = asking.questionnaire.form
    return _fault(
        one,
        "CELL_UNKNOWN",
        f"{_short(one.variable) or 'Sel tanpa kode'} tidak ditanyakan pada formulir {form.name}.",
        f"Isi pada formulir {asking.dictionary.forms[elsewhere.form].name}."
        if elsewhere is not None and elsewhere.form in asking.dictionary.forms
        else "Pakai kode elemen seperti pada formulir, misalnya " + next(iter(asking.variables)) + ".",
    )


def _text_fault(one: Given, named: str, text: str) -> Finding:
    if len(text) > LONGEST_TEXT:
        return _fault(
            one,
            "TEXT_TOO_LONG",
            f"{named} terlalu panjang: {len(text)} huruf.",
            f"Ringkas sampai paling banyak {LONGEST_TEXT} huruf.",
        )
    return _fault(
        one,
        "TEXT_CONTROL",
        f"{named} memuat tanda yang tidak terlihat.",
        "Ketik ulang tanpa menyalin dari dokumen lain.",
    )


def shown(text: str) -> str:
    """Write a text as it came, but for signs that nobody sees and no record can hold."""
    return _CONTROL.sub("\ufffd", text)


def _short(text: str) -> str:
    text = shown(text[:LONGEST_TEXT])
    return text if len(text) <= 60 else text[:59] + "…"


def _fault(one: Given, code: str, message: str, remedy: str, about: str = "") -> Finding:
    """Say what is wrong with a cell; `about` is the text that is meant, else its value or its state."""
    value = _short(about or one.value or one.state) or None
    return Finding(code, shown(message), remedy, place=one.place, value=value)


def other_dataset(region: str) -> Finding:
    """Say that what a region fills in is kept with its like only: examples apart from real villages."""
    is_example = dataset_of(region) == EXAMPLES
    kind, other = ("contoh", "sungguhan") if is_example else ("sungguhan", "contoh")
    return Finding(
        "REGION_EXAMPLE",
        f"{region} desa {kind}; isiannya tidak disimpan bersama isian desa {other}.",
        "Pisahkan berkas desa contoh dari berkas desa sungguhan, dan jangan menyebut himpunan yang lain.",
        place=Place(column="region"),
        value=region,
    )


def region_unknown(code: str) -> Finding:
    """Say that no region has a code."""
    return Finding(
        "REGION_UNKNOWN",
        f"Wilayah {_short(code) or 'kosong'} tidak ada dalam register.",
        f"Periksa kodenya, misalnya {VILLAGE_CODE}.",
        place=Place(column="region"),
        value=_short(code),
    )


def not_a_village(place: Region) -> Finding:
    """Say that a form is filled in for a village, and this region is a larger one."""
    return Finding(
        "REGION_NOT_VILLAGE",
        f"{place.code} adalah {place.full_name}; formulir diisi oleh tiap desa dan kelurahan.",
        f"Sebutkan kode desanya, misalnya {VILLAGE_CODE}.",
        place=Place(column="region"),
        value=place.code,
    )


def form_unknown(code: str, known: Collection[str] = ()) -> Finding:
    """Say that no form has a code, and which of the known codes may be meant."""
    return Finding(
        "FORM_UNKNOWN",
        f"Formulir {_short(code) or 'kosong'} tidak ada.",
        near(code.strip().upper(), known, "Lihat kodenya dengan: sidara form list"),
        place=Place(column="form"),
        value=_short(code),
    )


def period_of(form: Form, text: str) -> Period | Finding:
    """Read a period of the form's own frequency; else give a finding that says how to write it."""
    found = periods.parse(text)
    if found is not None and found.frequency is form.frequency.span:
        return found
    example = {"A": "2026", "S": "2026-S1", "Q": "2026-Q1", "M": "2026-03"}[form.frequency.span]
    return Finding(
        "PERIOD_FORM",
        f"Periode {_short(text) or 'kosong'} tidak cocok dengan formulir {form.name} "
        f"({form.frequency.words}).",
        f"Tulis seperti {example}.",
        place=Place(column="period"),
        value=_short(text),
    )
