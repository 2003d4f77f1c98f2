"""The answers of a simulated village to every form and list of the dictionary: SIMULASI, never facts.

Pure and the same for the same seed. Values lie in plausible ranges and fit together as the rules want:
people come and go and add up, money is planned before it is spent, what does not apply is
`tidak_berlaku`, what nobody publishes (classes of access) is `tidak_tahu`.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sidara.demo.core.village import economy, money, people, place, registers, services
from sidara.demo.core.village.draft import Draft
from sidara.dictionary.core import Answers, Dictionary, Reader
from sidara.expressions import Row
from sidara.kernel import period as periods
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import Period

NONE_PERCENT = 30
"""Of a hundred counts that are zero, how many are said to be `tidak ada`."""
NOT_APPLICABLE = Cell(State.NOT_APPLICABLE)
PARTS = (people.fill, money.fill, registers.fill, services.fill, economy.fill, place.fill)


def fill(  # noqa: PLR0913 - keyword-only but for the dictionary, the village and the years
    dictionary: Dictionary,
    region: str,
    years: Sequence[int],
    *,
    seed: int,
    unknown_percent: int = 0,
    is_clear: bool = False,
) -> Answers:
    """Fill every form and list of a village (dotted code) for `years`, oldest first.

    `unknown_percent` of the answers that nothing requires and no index reads are `tidak_tahu`. `is_clear`
    avoids answers for which an index has no published score (no conflict, no latrine, no doctor).
    """
    generator = np.random.default_rng(zlib.crc32(f"{seed}|{region}".encode()))
    kind = "kelurahan" if region.rpartition(".")[2].startswith("1") else "desa"
    draft = Draft(dictionary, generator, kind, is_clear=is_clear)
    for year in years:
        for part in PARTS:
            part(draft, year)
        draft.rest(year)
    answers = Answers(region, kind, draft.cells, draft.lists)
    applied = _applied(Reader(dictionary), answers, years)
    return replace(applied, cells=_unknown(dictionary, applied.cells, generator, unknown_percent))


def _applied(reader: Reader, answers: Answers, years: Sequence[int]) -> Answers:
    """Turn what does not apply into `tidak_berlaku`, in cells and in rows."""
    cells = dict(answers.cells)
    lists = dict(answers.lists)
    for variable in reader.dictionary.variables.values():
        if not variable.relevance or not variable.is_asked:
            continue
        form = reader.dictionary.forms[variable.form]
        for at in (at for year in years for at in periods.year(year).parts(form.frequency.span)):
            for breakdown, is_relevant in reader.relevance(answers, variable, at).items():
                key = variable.code, breakdown, str(at)
                if is_relevant is False and key in cells:
                    cells[key] = NOT_APPLICABLE
    for (code, when), rows in answers.lists.items():
        read_at = periods.parse(when)
        if rows is not None and read_at is not None:
            lists[code, when] = [_row(reader, answers, code, row, read_at) for row in rows]
    return replace(answers, cells=cells, lists=lists)


def _row(reader: Reader, answers: Answers, code: str, row: Row, at: Period) -> Row:
    columns = {column.code: column for column in reader.dictionary.lists[code].columns}
    return {
        name: cell if reader.column_relevance(answers, columns[name], code, row, at) else NOT_APPLICABLE
        for name, cell in row.items()
    }


def _unknown(
    dictionary: Dictionary,
    cells: Mapping[tuple[str, str, str], Cell],
    generator: np.random.Generator,
    percent: int,
) -> dict[tuple[str, str, str], Cell]:
    """Let a share of what nothing needs be unknown."""
    read = {code for feed in dictionary.feeds.values() for one in feed.inputs for code in one.variables}
    read |= set(dictionary.columns)
    free = {
        code
        for code, one in dictionary.variables.items()
        if code not in read and not one.is_required and not one.rules and not one.classifications
    }
    return {
        key: _told(dictionary, key[0], cell, generator, percent * (key[0] in free))
        for key, cell in cells.items()
    }


def _told(
    dictionary: Dictionary, code: str, cell: Cell, generator: np.random.Generator, percent: int
) -> Cell:
    """Say `tidak_tahu` for a share, and `tidak_ada` for a part of the counts that are zero."""
    if cell.state is not State.VALUE:
        return cell
    if generator.integers(100) < percent:
        return Cell(State.UNKNOWN)
    is_count = dictionary.variables[code].adds_up and cell.value == 0 and cell.value is not False
    return Cell(State.NONE) if is_count and generator.integers(100) < NONE_PERCENT else cell
