"""Faults of what is asked: variables, columns of lists, their options, ranges and rules."""

from collections.abc import Iterator
from typing import Protocol

from sidara.dictionary.core.expressions import variables_read
from sidara.dictionary.core.lint.context import Context
from sidara.dictionary.core.things import Column, Rule, Variable
from sidara.dictionary.core.words import Confidentiality, FilledBy, Thing, Type
from sidara.expressions.vocabulary import near
from sidara.kernel.finding import Finding

_TEXTS = ("name", "definition", "question", "reason", "example", "evidence")


def variable(at: Context, one: Variable) -> Iterator[Finding]:
    """Say what is wrong with a variable."""
    kind, code, whole = Thing.VARIABLE, one.code, at.dictionary
    yield from at.unknown("FORM_UNKNOWN", kind, code, "form", one.form, whole.forms)
    yield from at.unknown("SECTOR_UNKNOWN", kind, code, "code", one.sector, whole.sectors)
    yield from at.unknown("AGENCY_UNKNOWN", kind, code, "agency", one.agency, whole.agencies)
    yield from at.unknown("CONCEPT_UNKNOWN", kind, code, "concept", one.concept, whole.concepts)
    yield from at.unknown("UNIT_UNKNOWN", kind, code, "unit", one.unit, whole.units)
    for name in one.classifications:
        yield from at.unknown(
            "CLASSIFICATION_UNKNOWN", kind, code, "classifications", name, whole.classifications
        )
    if bool(one.classifications) != (one.parts is not None):
        say = "rincian dan hubungannya dengan total tidak ditulis bersama."
        remedy = "Tulis classifications dan parts (sama_dengan_total atau tanpa_total) bersama."
        yield at.say("PARTS_UNSAID", kind, code, "parts", say, remedy)
    if not one.sources:
        yield at.say(
            "SOURCE_MISSING", kind, code, "sources", "sumbernya tidak disebut.", "Sebutkan dari mana."
        )
    if one.part_of and one.part_of.variable:
        yield from at.unknown(
            "VARIABLE_UNKNOWN", kind, code, "part_of", one.part_of.variable, whole.variables
        )
    if one.rows_by:
        yield from _rows_by(at, one)
    yield from asked(at, kind, code, one)


def _rows_by(at: Context, one: Variable) -> Iterator[Finding]:
    found = at.dictionary.columns.get(one.rows_by)
    if found is None:
        yield from at.unknown(
            "COLUMN_UNKNOWN", Thing.VARIABLE, one.code, "rows_by", one.rows_by, at.dictionary.columns
        )
    elif not _are_options(at, one, found[1]):
        say = f"pilihan kolom {one.rows_by} tidak memuat semua kategori rinciannya."
        remedy = "Rinci menurut klasifikasi kolom itu."
        yield at.say("ROWS_BY_OTHER", Thing.VARIABLE, one.code, "rows_by", say, remedy, one.rows_by)


def _are_options(at: Context, one: Variable, column: Column) -> bool:
    known = at.dictionary.classifications
    wanted = {code for name in one.classifications if name in known for code in known[name].codes}
    return wanted <= {option.code for option in at.dictionary.options_of(column)}


def asked(at: Context, kind: Thing, entry: str, one: Variable | Column) -> Iterator[Finding]:
    """Check what variables and columns have in common; `entry` is the variable or the list."""
    say = _sayer(at, kind, entry, one)
    for name in _TEXTS:
        if not getattr(one, name).strip():
            yield say("TEXT_MISSING", name, f"{name} kosong.", "Tulis teksnya.")
    yield from _options(at, kind, entry, one)
    yield from _numbers(at, kind, entry, one)
    if (one.filled_by is FilledBy.DERIVED) != bool(one.formula):
        remedy = "Beri formula bila filled_by: turunan, dan hanya bila begitu."
        yield say("FORMULA_UNSAID", "formula", "cara isi dan formula tidak cocok.", remedy)
    if one.type in {Type.POINT, Type.FILE} and one.confidentiality is Confidentiality.SMALL_CELLS:
        remedy = "Pakai terbuka atau terbatas."
        yield say("CONFIDENTIALITY", "confidentiality", "titik dan berkas tidak punya sel kecil.", remedy)
    for number, rule in enumerate(one.rules):
        yield from _rule(at, kind, entry, one, rule, number)


def _options(at: Context, kind: Thing, entry: str, one: Variable | Column) -> Iterator[Finding]:
    """Check the options of a choice."""
    say = _sayer(at, kind, entry, one)
    options = at.dictionary.options_of(one)
    if one.is_choice and not options:
        remedy = "Tulis options, atau options_from dengan kode klasifikasi."
        yield say("OPTIONS_MISSING", "options", "pilihan tanpa daftar pilihan.", remedy)
    if not one.is_choice and options:
        remedy = "Hapus options, atau ganti type menjadi pilihan."
        yield say("OPTIONS_NEEDLESS", "options", f"bertipe {one.type} tetapi berpilihan.", remedy)
    codes = [option.code for option in options]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield say("OPTION_TWICE", "options", f"pilihan {code} tertulis dua kali.", "Hapus satu.", code)
    if one.options_from:
        yield from _options_from(at, kind, entry, one)


def _numbers(at: Context, kind: Thing, entry: str, one: Variable | Column) -> Iterator[Finding]:
    """Check decimals and range."""
    say = _sayer(at, kind, entry, one)
    if one.is_number and one.decimals is None:
        yield say("DECIMALS_MISSING", "decimals", "angka tanpa decimals.", "Tulis 0 bagi bilangan bulat.")
    if one.range and not one.is_number:
        yield say("RANGE_NEEDLESS", "range", f"bertipe {one.type} tetapi berentang.", "Hapus range.")
    if one.range and one.range.minimum is not None and one.range.maximum is not None:
        low, high = one.range.minimum, one.range.maximum
        if low > high:
            yield say("RANGE_ORDER", "range", f"rentang {low} sampai {high} terbalik.", "Tukar keduanya.")


class Say(Protocol):
    """Makes a finding about one key."""

    def __call__(self, code: str, column: str, message: str, remedy: str, value: str = "") -> Finding:
        """Make it."""
        ...


def _sayer(at: Context, kind: Thing, entry: str, one: Variable | Column) -> Say:
    """Give what makes findings about a variable, or about a column of the list `entry`."""

    def say(code: str, column: str, message: str, remedy: str, value: str = "") -> Finding:
        words = message if entry == one.code else f"kolom {one.code}, {message}"
        return at.say(code, kind, entry, column, words, remedy, value)

    return say


def _options_from(at: Context, kind: Thing, entry: str, one: Variable | Column) -> Iterator[Finding]:
    known = at.dictionary.classifications
    yield from at.unknown("CLASSIFICATION_UNKNOWN", kind, entry, "options_from", one.options_from, known)
    if one.options_from in known:
        codes = known[one.options_from].codes
        for option in one.options:
            if option.code not in codes:
                say = f"pilihan {option.code} tidak ada pada klasifikasi {one.options_from}."
                yield at.say(
                    "OPTION_OUTSIDE", kind, entry, "options", say, near(option.code, codes), option.code
                )


def _rule(  # noqa: PLR0913, PLR0917 - a rule and where it stands
    at: Context, kind: Thing, entry: str, one: Variable | Column, rule: Rule, number: int
) -> Iterator[Finding]:
    expected = f"{one.code}_{chr(ord('a') + number)}"
    if rule.code != expected:
        say = f"kode aturan {rule.code} bukan {expected}."
        yield at.say("RULE_CODE", kind, entry, "rules", say, "Beri huruf a, b, c menurut urutan.", rule.code)
    if not rule.message.strip().endswith("."):
        say = f"pesan aturan {rule.code} bukan kalimat."
        yield at.say("MESSAGE_FORM", kind, entry, "message", say, "Tulis sebagai kalimat dengan titik.")
    if rule.for_each:
        yield from at.unknown(
            "CLASSIFICATION_UNKNOWN",
            kind,
            entry,
            "for_each",
            rule.for_each,
            at.dictionary.classifications,
        )
        read = at.readings.of(rule.holds)
        names = variables_read(read, at.dictionary.vocabulary) if read else ()
        if names and not any(
            rule.for_each in at.dictionary.variables[name].classifications for name in names
        ):
            say = f"aturan {rule.code} dinilai tiap {rule.for_each}, tetapi yang dibaca tidak dirinci begitu."
            yield at.say(
                "FOR_EACH_UNUSED",
                kind,
                entry,
                "for_each",
                say,
                "Hapus for_each, atau pilih klasifikasi lain.",
            )
