"""Rows of a sheet: which are data, which are numbering, subtotals, groups and notes, and what data rows say.

A row that is no data is skipped and named. Cells are read by the type of their column; what cannot be read
is a finding of its row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sidara.kernel.finding import Finding, Place, Severity
from sidara.programmes.core.codes.village_codes import bears_code
from sidara.programmes.core.importing.cells import Reader
from sidara.programmes.core.importing.definition import Need, Record, Type, Words, plain
from sidara.programmes.core.importing.grid import Grid, Value, letters, words_of
from sidara.programmes.core.importing.headings import WITHIN, Heading
from sidara.programmes.core.importing.values import is_nothing

FULL, PROGRAMME, VILLAGE_FULL, ACCOUNT_FULL = 6, 3, 3, 3
"""Parts of a code: of a sub-activity, of a programme, of a village's activity, of an account (jenis)."""
NO_LEVEL = 4
"""Parts that no level of the nomenclature has: a code that was cut, which is said rather than skipped."""
_PARTS = re.compile(r"\d+|X+", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.]+")
_NUMBERING = re.compile(r"\(?\s*(\d{1,2})\s*[a-z]?\s*\)?")
_ACCOUNT = re.compile(r"[4-6](?:\.\d(?:\.\d(?:\.\d{1,2})*)?)?\.?")
_FIGURES = frozenset({"ceiling", "volume", "place", "fund_source"})
_NOT_SPREAD = (Type.MONEY, Type.NUMBER, Type.QUANTITY, Type.TICKS)


class Skip(StrEnum):
    """Why a row is no data, in the words of the report."""

    NUMBERING = "nomor kolom"
    HEADING = "judul terulang"
    TOTAL = "jumlah"
    GROUP = "kelompok"
    NOTE = "catatan"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data: where, why, and what it says."""

    sheet: str
    line: int
    skip: Skip
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A data row: values by column key (of repeated columns by number), unknown columns, its findings.

    `written` keeps the words of each cell that is not empty, for the report.
    """

    sheet: str
    line: int
    values: Mapping[str, Any]
    written: Mapping[str, str]
    more: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRows:
    """All rows of a sheet below its heading."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]


def parts_of(code: str) -> list[str]:
    """Part a code as written: `2.13.02.2.01.0001` -> six parts."""
    return _PARTS.findall(code)


def read_rows(grid: Grid, heading: Heading, reader: Reader) -> SheetRows:
    """Read the rows below a heading."""
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    carried: dict[int, Value] = {}
    spread = _spread(grid, heading)
    lines = [line for line in sorted(grid.rows) if line > heading.bottom]
    laid = {line: {**spread.get(line, {}), **_filled(grid.rows[line], reader.words)} for line in lines}
    if heading.joined:
        laid = {line: _put_together(cells, heading) for line, cells in laid.items()}
    if WITHIN in heading.fits:
        laid = {line: _taken_out(cells, heading) for line, cells in laid.items()}
    for at, line in enumerate(lines):
        cells = laid[line]
        if not cells:
            continue
        after = next((laid[later] for later in lines[at + 1 :] if laid[later]), {})
        skip = _skip(cells, after, heading, reader.words)
        if skip is not None:
            said = " ".join(words_of(value) for _, value in sorted(cells.items()))
            skipped.append(Skipped(grid.name, line, skip, said[:200]))
            if skip is Skip.GROUP:
                _carry_group(cells, heading, carried)
            continue
        _carry(cells, heading, carried)
        drafts.append(_draft(grid, line, cells, heading, reader))
    return SheetRows(tuple(drafts), tuple(skipped))


def _put_together(cells: Mapping[int, Value], heading: Heading) -> dict[int, Value]:
    """Join the parts of a code: `2`, `3`, `10` are `2.3.10`; an account behind them stands apart."""
    found = dict(cells)
    for first, columns in heading.joined.items():
        parts = [words_of(found.pop(at)).strip(".") for at in columns if at in found]
        if not parts:
            continue
        if WITHIN in heading.fits and len(parts) > VILLAGE_FULL:
            found[WITHIN] = ".".join(parts[VILLAGE_FULL:])
            parts = parts[:VILLAGE_FULL]
        found[first] = ".".join(parts)
    return found


def _taken_out(cells: dict[int, Value], heading: Heading) -> dict[int, Value]:
    """Part accounts from the codes among which they stand: `5.3.5` is an account, `02.03.10` is none."""
    partner = heading.fits[WITHIN].column.within
    at = next(at for at, fit in heading.fits.items() if fit.column.key == partner)
    if at in cells and _ACCOUNT.fullmatch(words_of(cells[at])):
        return {**{key: value for key, value in cells.items() if key != at}, WITHIN: cells[at]}
    return cells


def _filled(cells: Mapping[int, Value], words: Words) -> dict[int, Value]:
    return {column: value for column, value in cells.items() if not is_nothing(value, words)}


def _spread(grid: Grid, heading: Heading) -> dict[int, dict[int, Value]]:
    """Give what merged cells say in the rows that they cover; figures stand once."""
    found: dict[int, dict[int, Value]] = {}
    last = grid.last_row
    for top, left, bottom, right in grid.merged:
        value = grid.cells.get((top, left))
        fit = heading.fits.get(left)
        if (
            value is None
            or fit is None
            or fit.column.type in _NOT_SPREAD
            or right > left
            or top <= heading.bottom
        ):
            continue
        for line in range(top + 1, min(bottom, last) + 1):
            found.setdefault(line, {})[left] = value
    return found


def _skip(
    cells: Mapping[int, Value], after: Mapping[int, Value], heading: Heading, words: Words
) -> Skip | None:
    """Say why a row is no data; `None` for data."""
    own = {at: value for at, value in cells.items() if at in heading.fits}
    said = {heading.fits[at].column.key: value for at, value in own.items()}
    if _is_numbering(cells):
        return Skip.NUMBERING
    if _repeats_heading(cells, heading):
        return Skip.HEADING
    first = next((words_of(value) for _, value in sorted(cells.items()) if not _is_number(value)), "")
    depth = len(parts_of(words_of(said["code"]))) if "code" in said else 0
    if _begins(first, words.totals) and depth < VILLAGE_FULL:
        return Skip.TOTAL
    counted = [key for key in said if key != "no"]
    if len(counted) < 2:
        return _lonely(said, counted, words)
    if heading.table.column("code") is None or heading.table.record in (Record.ACTIVITY, Record.PROPOSAL):
        return None
    return _group(said, after, heading, depth)


def _lonely(said: Mapping[str, Value], counted: list[str], words: Words) -> Skip:
    """Judge a row with one cell: a group names what follows, anything else is a note."""
    if not counted:
        return Skip.NOTE
    text = words_of(said[counted[0]])
    is_group = counted[0] in ("field", "subfield", "code", "agency", "priority", "goal", "account")
    return Skip.GROUP if is_group or _begins(text, words.groups) else Skip.NOTE


def _group(
    said: Mapping[str, Value], after: Mapping[int, Value], heading: Heading, depth: int
) -> Skip | None:
    """Judge a row by its codes: above a sub-activity (or a village's activity, an account) it is a group."""
    table = heading.table
    if table.is_of_village:
        is_data = _is_of_village(said, after, heading, depth)
    elif depth == 0:
        is_data = "indicator" in said and bool({"target", "unit"} & set(said))
    else:
        is_programme = table.has_programmes and depth == PROGRAMME and "indicator" in said
        is_data = depth >= FULL or depth == NO_LEVEL or is_programme
    return None if is_data else Skip.GROUP


def _is_of_village(
    said: Mapping[str, Value], after: Mapping[int, Value], heading: Heading, depth: int
) -> bool:
    """Whether a row of a village's table is data: by its account where the table parts by accounts."""
    if "account" in said:
        account = parts_of(words_of(said["account"]))
        return len(account) >= ACCOUNT_FULL and not _continues(account, after, heading)
    column = heading.table.column("account")
    if column is not None and column.need is Need.REQUIRED and _has(heading, "account"):
        return False
    return (depth == 0 or depth >= VILLAGE_FULL) and bool(_FIGURES & set(said))


def _has(heading: Heading, key: str) -> bool:
    return any(fit.column.key == key for fit in heading.fits.values())


def _continues(account: list[str], after: Mapping[int, Value], heading: Heading) -> bool:
    """Whether the next row parts the account of this one."""
    for at, value in after.items():
        fit = heading.fits.get(at)
        if fit is not None and fit.column.key == "account":
            below = parts_of(words_of(value))
            return len(below) > len(account) and below[: len(account)] == account
    return False


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) or _FIGURE.fullmatch(words_of(value)) is not None


def _begins(text: str, words: tuple[str, ...]) -> bool:
    said = plain(text)
    return any(said == word or said.startswith(word + " ") for word in words)


def _is_numbering(cells: Mapping[int, Value]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), at least three, each one more than before."""
    found = [_NUMBERING.fullmatch(words_of(value).casefold()) for _, value in sorted(cells.items())]
    if len(found) < 3 or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one]
    steps = [later - one for one, later in pairwise(numbers)]
    return numbers[0] in (0, 1) and all(step in (0, 1) for step in steps) and sum(steps) >= 2


def _repeats_heading(cells: Mapping[int, Value], heading: Heading) -> bool:
    """Whether at least three cells, and all that are filled, say what their heading says."""
    said = [(plain(words_of(value)), plain(heading.names.get(at, ""))) for at, value in cells.items()]
    return len(said) > 2 and all(name and (text == name or text in name) for text, name in said)


def _carry_group(cells: Mapping[int, Value], heading: Heading, carried: dict[int, Value]) -> None:
    """Keep what a group says for the rows below it; a group of codes ends the code before it."""
    own = {at: fit.column for at, fit in heading.fits.items()}
    for at, value in cells.items():
        if at in own and own[at].fills_down:
            carried[at] = value
    texts = [value for at, value in sorted(cells.items()) if at in own and own[at].key != "no"]
    lone = texts[0] if len(texts) == 1 else None
    for at, column in own.items():
        if column.key == "field" and lone is not None and isinstance(lone, str):
            carried[at] = lone


def _carry(cells: dict[int, Value], heading: Heading, carried: dict[int, Value]) -> None:
    """Fill what stands once for several rows, as far as the column says so."""
    account = next(
        (
            words_of(cells[at])
            for at, fit in heading.fits.items()
            if fit.column.key == "account" and at in cells
        ),
        "",
    )
    for at, fit in heading.fits.items():
        if not fit.column.fills_down:
            continue
        if at in cells:
            carried[at] = cells[at]
        elif at in carried and not (fit.column.key == "code" and not bears_code(account)):
            cells[at] = carried[at]


def _draft(grid: Grid, line: int, cells: Mapping[int, Value], heading: Heading, reader: Reader) -> Draft:
    values: dict[str, Any] = {}
    written: dict[str, str] = {}
    more: dict[str, str] = {}
    findings: list[Finding] = []
    for at in sorted({*heading.fits, *cells}):
        fit, value = heading.fits.get(at), cells.get(at)
        place = Place(line=line, sheet=grid.name, column=heading.names.get(at) or letters(at))
        if fit is None:
            if value is not None:
                more[heading.names.get(at) or f"kolom {letters(at)}"] = words_of(value)[:500]
            continue
        if fit.column.type is Type.IGNORED:
            continue
        fault = _broken(grid, line, at, place)
        if fault is not None:
            findings.append(fault)
            continue
        if value is None:
            continue
        written[fit.column.key if not fit.number else f"{fit.column.key}_{fit.number}"] = words_of(value)[
            :300
        ]
        findings += reader.read(
            fit, value, values, place, is_percent=(line, at) in grid.percents, factor=reader.factor(at)
        )
    return Draft(grid.name, line, values, written, more, tuple(findings))


def _broken(grid: Grid, line: int, at: int, place: Place) -> Finding | None:
    """Say that a cell holds a formula without a value, or an error."""
    cell = f"{letters(at)}{line}"
    if (line, at) in grid.errors:
        return Finding(
            "PLAN_CELL_ERROR",
            f"Sel {cell} berisi nilai galat (misalnya #REF!), bukan isian.",
            "Perbaiki rumusnya, atau ketik nilainya, lalu impor lagi.",
            Severity.ERROR,
            place,
            cell,
        )
    if (line, at) in grid.empty_formulas:
        return Finding(
            "PLAN_FORMULA_EMPTY",
            f"Sel {cell} berisi rumus tanpa nilai.",
            "Buka di Excel atau LibreOffice dan simpan lagi, atau tempel sebagai nilai.",
            Severity.ERROR,
            place,
            cell,
        )
    return None
