"""What people ask for in one line: a change (`62.01.02.2016@2024:S02=5`), a goal (`next`, `MAJU`, `0.75`)."""

import re
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core.definition import Definition
from sidara.indices.core.path import Goal
from sidara.indices.core.whatif import EVERY, Change
from sidara.kernel.finding import Finding, Place
from sidara.kernel.number import format_number

NEXT = "next"
CODE_FORM = r"\*|[1-9]\d(?:\.?\d{2}){0,2}|[1-9]\d\.?\d{2}\.?\d{2}\.?\d{4}"
_CHANGE = re.compile(
    rf"\s*(?P<code>{CODE_FORM})(?:@(?P<year>\d{{4}}))?:(?P<name>\w+(?:\.\w+)?)\s*=(?P<value>.*)", re.ASCII
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)


def change(text: str) -> Change | Finding:
    """Read `CODE[@YEAR]:NAME=VALUE`; the code is a village's, an area's or `*`, no value means unknown."""
    found = _CHANGE.fullmatch(text)
    if found is None:
        return Finding(
            "CHANGE_FORM",
            f"Perubahan '{text}' tidak terbaca.",
            "Tulis KODE:NAMA=NILAI, misalnya 6201022016:S02=5, 62.01:E06=3, atau *:E06=3; "
            "KODE@2024:NAMA=NILAI untuk satu tahun; tanpa nilai berarti tidak diketahui.",
            value=text,
        )
    year = found["year"]
    return Change(found["code"], found["name"], found["value"].strip() or None, int(year) if year else None)


def change_of(
    code: str | None, name: str | None, value: str | None, year: str | None, line: int
) -> Change | Finding:
    """Read a change from the cells of a row; the code may be `*`, an empty value means unknown."""
    place = Place(line=line)
    if not code or re.fullmatch(CODE_FORM, code, re.ASCII) is None:
        message = f"Kode '{code or ''}' bukan kode desa atau wilayah."
        remedy = f"Isi kode desa, kecamatan, kabupaten, atau {EVERY} untuk semua desa."
        return Finding("CHANGE_FORM", message, remedy, place=place, value=code)
    if not name:
        remedy = "Isi nama butir atau jawaban yang diubah, misalnya S02."
        return Finding("CHANGE_FORM", "Nama yang diubah kosong.", remedy, place=place)
    if year is not None and re.fullmatch(r"\d{4}", year, re.ASCII) is None:
        message = f"Tahun '{year}' tidak terbaca."
        return Finding("CHANGE_FORM", message, "Isi empat angka, atau kosongkan.", place=place, value=year)
    return Change(code, name, value, int(year) if year else None, line)


def goal(definition: Definition, text: str) -> Goal | Finding:
    """Read a goal: `next`, a status (code or name, in any case), or a score of the index."""
    asked = text.strip()
    if asked.casefold() == NEXT:
        return Goal()
    if _NUMBER.fullmatch(asked):
        score = Fraction(Decimal(asked.replace(",", ".")))
        highest = [version.top.max for version in definition.versions if version.top.max is not None]
        if highest and score > max(highest):
            most = format_number(max(highest))
            message = f"Tujuan '{text}' lebih tinggi daripada skor tertinggi {definition.name}, yaitu {most}."
            return Finding("GOAL_TOO_HIGH", message, f"Isi skor dari 0 sampai {most}.", value=text)
        return Goal(score=score)
    plain = asked.casefold().replace(" ", "_")
    classes = {one.code: one for version in definition.versions for one in version.thresholds.classes}
    for code, one in classes.items():
        if plain in {code.casefold(), one.status.casefold().replace(" ", "_")}:
            return Goal(status=code)
    return Finding(
        "GOAL_UNKNOWN",
        f"Tujuan '{text}' tidak dikenal.",
        f"Pilih {NEXT}, sebuah skor (misalnya 0.75), atau status: {', '.join(classes)}.",
        value=text,
    )
