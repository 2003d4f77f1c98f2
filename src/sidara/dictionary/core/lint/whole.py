"""Faults of the whole: codes, forms and their sections, lists, classifications, activities."""

import re
from collections import Counter
from collections.abc import Iterator

from sidara.dictionary.core.lint.asked import asked
from sidara.dictionary.core.lint.context import Context
from sidara.dictionary.core.things import Form, ListOfRows
from sidara.dictionary.core.words import Thing
from sidara.expressions.vocabulary import near
from sidara.kernel.finding import Finding

CODE = re.compile(r"[A-Z]{3}_\d{3}", re.ASCII)
SECTOR = re.compile(r"[A-Z]{3}", re.ASCII)


def codes(at: Context) -> Iterator[Finding]:
    """Say which codes are malformed, used twice, or of another sector than their form."""
    kind = Thing.VARIABLE
    for code, variable in at.dictionary.variables.items():
        if CODE.fullmatch(code) is None:
            say, remedy = (
                "kode tidak menurut pola.",
                "Tulis tiga huruf besar, garis bawah, tiga angka: PEM_002.",
            )
            yield at.say("CODE_FORM", kind, code, "code", say, remedy, code)
        form = at.dictionary.forms.get(variable.form)
        if form is not None and form.sector != variable.sector:
            say = f"formulir {form.code} milik bidang {form.sector}, kodenya bidang {variable.sector}."
            remedy = "Pindahkan ke formulir bidangnya, atau ganti kodenya."
            yield at.say("FORM_SECTOR", kind, code, "form", say, remedy, variable.form)
    for code in at.dictionary.sectors:
        if SECTOR.fullmatch(code) is None:
            say = "kode bidang tidak menurut pola."
            yield at.say("CODE_FORM", Thing.SECTOR, code, "code", say, "Tulis tiga huruf besar: PEM.", code)
    counts = Counter(
        [*at.dictionary.variables, *(c.code for one in at.dictionary.lists.values() for c in one.columns)]
    )
    for code, count in counts.items():
        if count > 1:
            say = "kode dipakai dua kali, oleh elemen atau kolom daftar."
            kind = Thing.VARIABLE if code in at.dictionary.variables else Thing.LIST
            yield at.say("CODE_TWICE", kind, code, "code", say, "Beri salah satunya kode yang lain.", code)


def list_(at: Context, one: ListOfRows) -> Iterator[Finding]:
    """Say what is wrong with a list and its columns."""
    kind, whole = Thing.LIST, at.dictionary
    yield from at.unknown("FORM_UNKNOWN", kind, one.code, "form", one.form, whole.forms)
    yield from at.unknown(
        "COLUMN_UNKNOWN", kind, one.code, "label", one.label, [column.code for column in one.columns]
    )
    for column in one.columns:
        if CODE.fullmatch(column.code) is None:
            remedy = "Tulis tiga huruf besar, garis bawah, tiga angka: USL_001."
            yield at.say(
                "CODE_FORM",
                kind,
                one.code,
                "code",
                f"kode kolom {column.code} tidak menurut pola.",
                remedy,
            )
        yield from asked(at, kind, one.code, column)


def form(at: Context, one: Form) -> Iterator[Finding]:
    """Say what is wrong with a form and its sections."""
    kind, whole = Thing.FORM, at.dictionary
    yield from at.unknown("SECTOR_UNKNOWN", kind, one.code, "sector", one.sector, whole.sectors)
    own = [variable.code for variable in whole.variables_of(one.code)]
    if not own and not whole.lists_of(one.code):
        yield at.say("FORM_EMPTY", kind, one.code, "", "tidak berisi apa pun.", "Beri elemen atau daftar.")
    if one.sections:
        told = [code for section in one.sections for code in section.variables]
        for code in sorted(set(told) - set(own)):
            say = f"bagian menyebut {code}, yang bukan elemen formulir ini."
            yield at.say("SECTION_FOREIGN", kind, one.code, "sections", say, near(code, own), code)
        for code in sorted(set(own) - set(told)):
            say = f"{code} tidak berada pada bagian mana pun."
            yield at.say(
                "SECTION_LACKS", kind, one.code, "sections", say, "Tambahkan ke salah satu bagian.", code
            )


def classifications(at: Context) -> Iterator[Finding]:
    """Say which classifications have no or doubled categories."""
    for one in at.dictionary.classifications.values():
        own = one.codes
        if not own:
            yield at.say(
                "OPTIONS_MISSING",
                Thing.CLASSIFICATION,
                one.code,
                "categories",
                "tanpa kategori.",
                "Tulis kategorinya.",
            )
        for code in sorted({code for code in own if own.count(code) > 1}):
            say = f"kategori {code} tertulis dua kali."
            yield at.say(
                "OPTION_TWICE", Thing.CLASSIFICATION, one.code, "categories", say, "Hapus satu.", code
            )


def activities(at: Context) -> Iterator[Finding]:
    """Say which forms and owners of activities are not known."""
    for one in at.dictionary.activities.values():
        for form in one.forms:
            yield from at.unknown(
                "FORM_UNKNOWN", Thing.ACTIVITY, one.code, "forms", form, at.dictionary.forms
            )
        yield from at.unknown(
            "AGENCY_UNKNOWN", Thing.ACTIVITY, one.code, "agency", one.agency, at.dictionary.agencies
        )
