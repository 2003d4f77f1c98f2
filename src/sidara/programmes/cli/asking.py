"""Options that both commands of `sidara target` share, read into a question."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from sidara import tables
from sidara.kernel.exits import Exit
from sidara.programmes.core.targeting.need import Sense, Source
from sidara.programmes.core.targeting.question import FIRST_INDEX, AskedPart, NeedQuery, weight
from sidara.ui import terminal

Index = Annotated[str, typer.Option("--index", help="Indeks, misalnya indeks-desa; bawaan idm.")]
Items = Annotated[
    list[str] | None, typer.Option("--item", help="Butir indeks, misalnya S34; boleh berulang.")
]
IsStatus = Annotated[bool, typer.Option("--status", help="Jarak status dari yang tertinggi.")]
Indicators = Annotated[list[str] | None, typer.Option("--indicator", help="Indikator kamus; boleh berulang.")]
Variables = Annotated[list[str] | None, typer.Option("--variable", help="Variabel kamus; boleh berulang.")]
Formulas = Annotated[
    list[str] | None,
    typer.Option("--formula", help="Rumus sendiri atas butir indeks atau variabel; boleh berulang."),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="UKURAN=BOBOT", help="Bobot sebuah ukuran; tanpa ini 1."),
]
Less = Annotated[
    list[str] | None, typer.Option("--less", metavar="UKURAN", help="Angka kecil berarti lebih butuh.")
]
More = Annotated[
    list[str] | None, typer.Option("--more", metavar="UKURAN", help="Angka besar berarti lebih butuh.")
]
Under = Annotated[str | None, typer.Option("--under", help="Kode wilayah, misalnya 62.07; tanpa ini semua.")]
Year = Annotated[int | None, typer.Option("--year", help="Tahun angka; tanpa ini yang terbaru.")]
Scores = Annotated[
    str, typer.Option("--scores", help="Himpunan skor indeks; tanpa ini yang nyata lebih dahulu.")
]
Answers = Annotated[
    str, typer.Option("--answers", help="Himpunan isian bagi indikator, variabel, dan rumus.")
]


def file(target: str) -> Path:
    """Give the file of a result; wrong usage where its kind is none that is written."""
    found = Path(target)
    if found.suffix.removeprefix(".").casefold() not in tables.FORMATS:
        usage(f"Jenis berkas {found.name} tidak dikenal; pilih {', '.join(tables.FORMATS)}.")
    return found


def usage(text: str) -> NoReturn:
    """End with wrong usage."""
    terminal.say(text)
    raise typer.Exit(Exit.USAGE)


def question(  # noqa: PLR0913 - what the options say
    *,
    index: str,
    items: Sequence[str] | None,
    is_status: bool,
    indicators: Sequence[str] | None,
    variables: Sequence[str] | None,
    formulas: Sequence[str] | None,
    weights: Sequence[str] | None,
    less: Sequence[str] | None,
    more: Sequence[str] | None,
    under: str | None,
    year: int | None,
    scores: str,
    answers: str,
    top: int,
) -> NeedQuery:
    """Put options together; without anything else an index is asked as a whole, without a name the first."""
    parts = [
        *(AskedPart(Source.ITEM, one) for one in items or ()),
        *([AskedPart(Source.STATUS)] if is_status else []),
        *(AskedPart(Source.INDICATOR, one) for one in indicators or ()),
        *(AskedPart(Source.VARIABLE, one) for one in variables or ()),
        *(AskedPart(Source.FORMULA, one) for one in formulas or ()),
    ]
    index = index or (FIRST_INDEX if items or is_status or not parts else "")
    if not parts:
        parts = [AskedPart(Source.INDEX)]
    known = {one.key for one in parts}
    for text in weights or ():
        key, _, figure = text.rpartition("=")
        found = weight(figure)
        if key not in known or found is None:
            usage(
                f"Bobot '{text}' tidak dapat dipakai. Tulis ukurannya dan bobot di atas nol, misalnya S34=2."
            )
        parts = [replace(one, weight=found) if one.key == key else one for one in parts]
    for keys, sense in ((less, Sense.LESS), (more, Sense.MORE)):
        for key in keys or ():
            if key not in known:
                usage(
                    f"Ukuran '{key}' tidak ada. Yang ditanyakan: {', '.join(sorted(known)) or 'belum ada'}."
                )
            parts = [replace(one, sense=sense) if one.key == key else one for one in parts]
    return NeedQuery(tuple(parts), index, under, year, scores, answers, top)
