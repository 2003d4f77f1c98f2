"""The metadata of Satu Data Indonesia, filled from the dictionary, and what is missing for data to count.

MS-Var and MS-Ind are written from variables and indicators, MS-Keg from what is known of the activity. Data
count as Satu Data when all required fields are filled and the owner has agreed to the texts. Sources:
Perpres 39/2019 art. 4 to 10, Peraturan BPS 4/2020 and 5/2020 (fields: content `metadata`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.things import Activity, Column, Indicator, Range, Variable
from sidara.dictionary.core.words import Confidence, Confidentiality, Type
from sidara.kernel.number import format_number

YES, NO = "1", "2"


@dataclass(frozen=True)
class Condition:
    """A field is asked only where the answer to `key` is one of these codes."""

    key: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class MetaField:
    """One field of a form of metadata."""

    code: str
    key: str
    name: str
    is_required: bool
    options: tuple[tuple[str, str], ...] = ()
    applies_when: tuple[Condition, ...] = ()
    note: str = ""
    block: str = ""

    def words(self, value: str) -> str:
        """Write the value with the labels of its codes."""
        labels = dict(self.options)
        return "; ".join(labels.get(code, code) for code in value.split(",")) if labels else value


@dataclass(frozen=True)
class Filled:
    """A field with its value; empty = missing. `is_asked`: its conditions hold."""

    field: MetaField
    value: str
    is_asked: bool = True

    @property
    def is_missing(self) -> bool:
        """Whether a required value is absent."""
        return self.is_asked and self.field.is_required and not self.value


@dataclass(frozen=True)
class Completeness:
    """How much of required metadata is there."""

    fields: tuple[Filled, ...]

    @property
    def required(self) -> int:
        """The number of fields that must be filled."""
        return sum(one.is_asked and one.field.is_required for one in self.fields)

    @property
    def missing(self) -> tuple[Filled, ...]:
        """What must be filled and is not."""
        return tuple(one for one in self.fields if one.is_missing)

    @property
    def filled(self) -> int:
        """The number of required fields that are filled."""
        return self.required - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def fields_of(given: Sequence[Mapping[str, Any]], block: str = "") -> tuple[MetaField, ...]:
    """Read fields from plain content."""
    return tuple(
        MetaField(
            one["code"],
            one["key"],
            one["name"],
            one["is_required"],
            tuple((option["code"], option["label"]) for option in one.get("options", ())),
            tuple(Condition(when["key"], tuple(when["any_of"])) for when in one.get("applies_when", ())),
            one.get("note", ""),
            block,
        )
        for one in given
    )


def ms_var(fields: Iterable[MetaField], dictionary: Dictionary, variable: Variable) -> Completeness:
    """Fill MS-Var for a variable."""
    frequency = dictionary.frequency(variable.code)
    number = list(dictionary.variables).index(variable.code) + 1
    values = {
        "no": str(number),
        "nama": variable.name,
        "alias": variable.code,
        "konsep": variable.concept,
        "definisi": variable.definition,
        "referensi_pemilihan": "; ".join(variable.sources),
        "referensi_waktu": f"{variable.reference_date.words}, {frequency.words}" if frequency else "",
        "tipe_data": _DATA_TYPES[variable.type],
        "value_domain": domain(dictionary, variable),
        "aturan_validasi": "; ".join(checks(dictionary, variable)),
        "kalimat_pertanyaan": variable.question,
        "apakah_variabel_bisa_diakses_umum": _open(variable.confidentiality),
        "ukuran": variable.measure,
        "satuan": variable.unit,
        "id_sds": variable.standard_id,
    }
    return _filled(fields, values)


def ms_ind(
    fields: Iterable[MetaField], dictionary: Dictionary, indicator: Indicator, variables: Sequence[str]
) -> Completeness:
    """Fill MS-Ind for an indicator; `variables` are those that its formula reads."""
    activities = [
        one.name
        for one in dictionary.activities.values()
        if any(dictionary.variables[code].form in one.forms for code in variables)
    ]
    names = [dictionary.variables[code].name for code in variables]
    values = {
        "no": str(list(dictionary.indicators).index(indicator.code) + 1),
        "nama": indicator.name,
        "konsep": indicator.concept,
        "definisi": indicator.definition,
        "interpretasi": indicator.interpretation,
        "metode_perhitungan": indicator.formula,
        "ukuran": indicator.measure,
        "satuan": indicator.unit,
        "variabel_disaggregasi": "; ".join(indicator.classifications),
        "apakah_indikator_komposit": NO,
        "variabel_pembangun.kegiatan_penghasil": "; ".join(activities),
        "variabel_pembangun.nama": "; ".join(names),
        "level_estimasi": ", ".join(indicator.levels),
        "apakah_indikator_bisa_diakses_umum": _open(indicator.confidentiality),
        "id_sds": indicator.standard_id,
    }
    return _filled(fields, values)


def ms_keg(
    fields: Iterable[MetaField], dictionary: Dictionary, activity: Activity, year: int
) -> Completeness:
    """Fill MS-Keg for an activity in a year; its variables are those of its forms."""
    count = sum(one.form in activity.forms for one in dictionary.variables.values())
    values = {one.key: one.value for one in activity.answers}
    values["tahun"] = str(year)
    values["variabel"] = f"{count} variabel menurut MS-Var" if count else ""
    return _filled(fields, values)


def _filled(fields: Iterable[MetaField], values: Mapping[str, str]) -> Completeness:
    def is_asked(one: MetaField) -> bool:
        return all(set(values.get(when.key, "").split(",")) & set(when.any_of) for when in one.applies_when)

    return Completeness(tuple(Filled(one, values.get(one.key, ""), is_asked(one)) for one in fields))


def _open(confidentiality: Confidentiality) -> str:
    return NO if confidentiality is Confidentiality.RESTRICTED else YES


_DATA_TYPES = {
    Type.WHOLE: "integer",
    Type.DECIMAL: "float",
    Type.MONEY: "integer",
    Type.PERCENT: "float",
    Type.YES_NO: "char",
    Type.CHOICE: "char",
    Type.CHOICES: "string",
    Type.TEXT: "string",
    Type.DATE: "date",
    Type.POINT: "string",
    Type.FILE: "string",
}


def domain(dictionary: Dictionary, asked: Variable | Column) -> str:
    """Write what an answer can be: options with their codes, or the range."""
    options = dictionary.options_of(asked)
    if options:
        return "; ".join(f"{one.code} = {one.label}" for one in options)
    if asked.type is Type.YES_NO:
        return "true = Ya; false = Tidak"
    return range_words(asked.range)


def range_words(given: Range | None) -> str:
    """Write a range in words: `0 sampai 100`, `lebih dari 0`."""
    if given is None:
        return ""

    def figure(value: Any) -> str:
        places = max(0, -int(value.as_tuple().exponent))
        return format_number(value, places)

    if given.above is not None:
        most = f", paling banyak {figure(given.maximum)}" if given.maximum is not None else ""
        return f"lebih dari {figure(given.above)}{most}"
    if given.minimum is not None and given.maximum is not None:
        return f"{figure(given.minimum)} sampai {figure(given.maximum)}"
    if given.minimum is not None:
        return f"paling sedikit {figure(given.minimum)}"
    return f"paling banyak {figure(given.maximum)}" if given.maximum is not None else ""


def checks(dictionary: Dictionary, asked: Variable | Column) -> list[str]:
    """List what is checked of an answer: its type and range, its parts, then its rules as expressions."""
    found = [asked.type.words]
    if asked.is_choice:
        found[0] += f" dari {len(dictionary.options_of(asked))}"
    if words := range_words(asked.range):
        found.append(words)
    if isinstance(asked, Variable) and asked.parts == "sama_dengan_total":
        found.append("rincian sama dengan total")
    found += [f"{rule.code}: {rule.when + ' -> ' if rule.when else ''}{rule.holds}" for rule in asked.rules]
    return found


class Obstacle(StrEnum):
    """What stands between a variable and Satu Data."""

    FIELD = "isian MS-Var belum ada"
    TEXT = "teks menunggu persetujuan"
    HOMELESS = "tidak termasuk kegiatan statistik mana pun"
    ACTIVITY = "isian wajib MS-Keg belum ada"


@dataclass(frozen=True)
class Reason:
    """One obstacle: whose (a field, an agency, an activity), and how many."""

    obstacle: Obstacle
    subject: str = ""
    count: int = 1

    @property
    def words(self) -> str:
        """The reason in Indonesian."""
        match self.obstacle:
            case Obstacle.FIELD:
                return f"MS-Var: {self.subject} belum diisi"
            case Obstacle.TEXT:
                return f"teks menunggu persetujuan {self.subject}"
            case Obstacle.ACTIVITY:
                return f"MS-Keg {self.subject}: {self.count} isian wajib belum ada"
            case Obstacle.HOMELESS:
                return str(self.obstacle)


@dataclass(frozen=True)
class Readiness:
    """Whether a variable may be published as Satu Data, and what still stands in the way."""

    code: str
    completeness: Completeness
    reasons: tuple[Reason, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.reasons


def readiness(
    dictionary: Dictionary, variable: Variable, own: Completeness, activities: Mapping[str, Completeness]
) -> Readiness:
    """Say what is missing for a variable: metadata, the agreement of its owner, metadata of its activity."""
    reasons = [Reason(Obstacle.FIELD, one.field.name) for one in own.missing]
    if variable.text_confidence is Confidence.INFERRED:
        owner = dictionary.agencies.get(variable.agency)
        reasons.append(Reason(Obstacle.TEXT, owner.name if owner else variable.agency))
    homes = [one for one in dictionary.activities.values() if variable.form in one.forms]
    if not homes:
        reasons.append(Reason(Obstacle.HOMELESS))
    for one in homes:
        lacking = activities[one.code].missing
        if lacking:
            reasons.append(Reason(Obstacle.ACTIVITY, one.name, len(lacking)))
    return Readiness(variable.code, own, tuple(reasons))
