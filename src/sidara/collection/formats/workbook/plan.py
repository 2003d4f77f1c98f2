"""The plan of a workbook: pages with their columns and rows, every cell with its place in the submission.

Where a cell belongs is written into the sheet itself, so that it is found after rows or columns were moved:
hidden row 1 has a mark for each column (`in:#0` = the first key of the row, `in:CODE@BREAKDOWN` = that
variable, `why:…` = its explanation), hidden column A a key for each row (`region;row;CODE@BREAKDOWN,…`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sidara.collection.core.answering import CLEARED, PRESENT, REMOVED
from sidara.collection.core.blank import TOTAL_WORD, Blank, Issue, Sheet, asked_columns, category
from sidara.collection.core.prefill import Offer
from sidara.collection.core.shown import COPY, shown
from sidara.collection.core.submission import EMPTY, Content, Key
from sidara.dictionary.core import Column, Dictionary, ListOfRows, Variable
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State

ANCHOR = "sidara:"
"""What the first cell of a page begins with; the uid of the issue follows."""
IN, WHY, NTH = "in:", "why:", "#"
NO_KEY = "-"
"""The key of rows that hold nothing to fill in, though words stand in the columns of boxes."""
HIDDEN_SHEET, CHOICES_SHEET = "_sidara", "_pilihan"
GUIDE_SHEET, DEFINITIONS_SHEET, FAULTS_SHEET = "Petunjuk", "Definisi", "Temuan"
NONE_AT_ALL = State.NONE.words
EMPTY_ROWS, EMPTY_ROWS_JOINT = 30, 5
"""Empty rows that a list offers: to one village, to each of several."""
OFFER_TEXTS = 7
"""Texts that the hidden sheet says of an offer: village, row, cell, number, state, value, source."""
_LONGEST_NAME = 31
type Asked = Variable | Column


@dataclass(frozen=True)
class InColumn:
    """A column that is filled in: its mark, the words above it; `asked` where all its cells ask the same."""

    mark: str
    heading: str
    below: str = ""
    asked: Asked | None = None


@dataclass(frozen=True)
class PageCell:
    """A cell that is filled in: what is asked (a list's own cells: the words offered), what stands there."""

    asked: Asked | None
    content: Content
    text: str
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageRow:
    """A row: its key (empty = nothing to fill in), words on the left, cells, what stood there before.

    `offered`: what other sources offer for its cells, in words.
    """

    key: str
    left: tuple[str, ...]
    cells: tuple[PageCell | None, ...] = ()
    last: tuple[str, ...] = ()
    kind: str = "line"
    offered: str = ""


@dataclass(frozen=True)
class Page:
    """A sheet of the workbook. `wide` are the widths of the columns on the left, with their words."""

    name: str
    title: str
    note: str
    wide: tuple[tuple[str, float], ...]
    columns: tuple[InColumn, ...]
    rows: tuple[PageRow, ...]
    has_last: bool
    has_offers: bool = False

    @property
    def keyed(self) -> tuple[PageRow, ...]:
        """The rows that have cells to fill in."""
        return tuple(row for row in self.rows if row.key)


def row_key(region: str, row: str = "", cells: Sequence[tuple[str, str]] = ()) -> str:
    """Write the key of a row."""
    return f"{region};{row};{','.join(mark(*one) for one in cells)}"


def mark(variable: str, breakdown: str) -> str:
    """Write the key of a variable's cell."""
    return f"{variable}@{breakdown}"


def pages(issue: Issue) -> tuple[Page, ...]:
    """Plan the pages of an issue: one a section or grid, one a list."""
    names = _Names()
    made: list[Page] = []
    for sheet in issue.sheets:
        page = _joint(issue, sheet, names) if issue.is_joint else _single(issue, sheet, names)
        made += [page] if page.keyed else []
    made += [
        _list(issue, one, names)
        for one in issue.asking.questionnaire.lists
        if any(blank.asks(one) for blank in issue.blanks)
    ]
    return tuple(made)


class _Names:
    """Gives each page a name that a workbook may have, and no two the same."""

    def __init__(self) -> None:
        self.count = 0

    def give(self, title: str) -> str:
        self.count += 1
        plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)
        return f"{self.count} {' '.join(plain.split())}"[:_LONGEST_NAME].rstrip()


def _single(issue: Issue, sheet: Sheet, names: _Names) -> Page:
    """Plan a section for one village: questions down the page, what stood there before beside."""
    blank = issue.blanks[0]
    columns = tuple(
        InColumn(f"{IN}{NTH}{at}", heading) for at, heading in enumerate(sheet.columns or ("Isian",))
    )
    rows: list[PageRow] = []
    number = 0
    dictionary = issue.asking.dictionary
    for line in sheet.lines:
        if not blank.asks(line.asked):
            continue
        if not line.keys:
            rows.append(PageRow("", (line.asked.code, line.label, line.asked.unit), kind="heading"))
            continue
        number += 1
        keys = [Key("", *one) for one in line.keys]
        rows.append(
            PageRow(
                row_key(blank.region.code, "", line.keys),
                ("" if line.is_part else line.asked.code, line.label, line.asked.unit),
                tuple(_cell(issue, blank, key) for key in keys),
                tuple(_last(dictionary, blank, key) for key in keys),
                "part" if line.is_part else "line",
                _offered(issue, blank, keys, sheet.columns),
            )
        )
    return Page(
        names.give(sheet.title),
        sheet.title,
        "Isi kotak kuning. Kotak kosong tidak dikirim; isian lama tetap tersimpan.",
        (("Kode", 10), ("Pertanyaan", 62), ("Satuan", 11)),
        columns,
        tuple(rows),
        any(any(row.last) for row in rows),
        any(row.offered for row in rows),
    )


def _joint(issue: Issue, sheet: Sheet, names: _Names) -> Page:
    """Plan a section for several villages: a row a village, a column a cell."""
    dictionary = issue.asking.dictionary
    flat = [key for line in sheet.lines for key in line.keys]
    columns: list[InColumn] = []
    for code, breakdown in flat:
        asked = issue.asking.variables[code]
        words = category(dictionary, breakdown) or (TOTAL_WORD if asked.classifications else "")
        below = ", ".join(part for part in (words, asked.unit) if part)
        columns.append(InColumn(f"{IN}{mark(code, breakdown)}", f"{asked.name} ({code})", below, asked))
    rows: list[PageRow] = []
    for blank in issue.blanks:
        keys = [Key("", *key) for key in flat]
        asks = [blank.asks(issue.asking.variables[key.variable]) for key in keys]
        cells = tuple(
            _cell(issue, blank, key) if is_asked else None for key, is_asked in zip(keys, asks, strict=True)
        )
        if not any(asks):
            continue
        rows.append(PageRow(row_key(blank.region.code), (blank.region.code, blank.region.full_name), cells))
        last = tuple(_last(dictionary, blank, key) for key in keys)
        if any(last):
            label = f"periode lalu ({issue.last_period_words})"
            rows.append(PageRow("", ("", label), last=last, kind="last"))
        offers = tuple(_offer(issue, blank, key) for key in keys)
        if any(offers):
            rows.append(PageRow("", ("", _sources(blank)), last=offers, kind="last"))
    return Page(
        names.give(sheet.title),
        sheet.title,
        "Satu baris untuk tiap desa. Isi kotak kuning; kotak kosong tidak dikirim.",
        (("Kode desa", 14), ("Desa", 26)),
        tuple(columns),
        tuple(rows),
        has_last=False,
    )


def _list(issue: Issue, one: ListOfRows, names: _Names) -> Page:
    """Plan a list: its rows, and empty ones with ids of their own."""
    own = (one.code, TOTAL)
    asked = asked_columns(one)
    columns = (
        InColumn(f"{IN}{NTH}0", "Baris", "ada / hapus"),
        *(
            InColumn(f"{IN}{mark(column.code, TOTAL)}", f"{column.name} ({column.code})", column.unit, column)
            for column in asked
        ),
    )
    rows: list[PageRow] = []
    for blank in issue.blanks:
        if not blank.asks(one):
            continue
        village = (blank.region.code, blank.region.full_name)
        there = blank.rows(one)
        held = blank.cells.get(Key("", *own), EMPTY)
        text = NONE_AT_ALL if held.state is State.NONE else ""
        none = PageCell(None, held, text, (NONE_AT_ALL, CLEARED))
        words = (village[0], f"{village[1]}: bila tidak ada") if issue.is_joint else ("Bila tidak ada",)
        rows.append(PageRow(row_key(blank.region.code, "", [own]), words, (none,), kind="none"))
        fresh = EMPTY_ROWS_JOINT if issue.is_joint else EMPTY_ROWS
        ids = (*there, *blank.rows_offered(one), *issue.fresh_rows(blank, one.code, fresh))
        for number, row in enumerate(ids, 1):
            presence = blank.cells.get(Key(row, *own), EMPTY)
            offers = tuple(_offer(issue, blank, Key(row, column.code, TOTAL)) for column in asked)
            own_words = (PRESENT, CLEARED, COPY) if any(offers) else (PRESENT, CLEARED)
            cells = (
                PageCell(None, presence, presence.value or "", own_words),
                *(_cell(issue, blank, Key(row, column.code, TOTAL), column) for column in asked),
            )
            rows.append(
                PageRow(
                    row_key(blank.region.code, row, [own]),
                    village if issue.is_joint else (str(number),),
                    cells,
                )
            )
            if any(offers):
                label = ("", _sources(blank)) if issue.is_joint else (_sources(blank),)
                rows.append(PageRow("", label, last=("", *offers), kind="last"))
    return Page(
        names.give(one.name),
        one.name,
        f"{one.hint} Satu baris kosong untuk satu isian baru; untuk membuang baris, pilih {CLEARED}.".strip(),
        (("Kode desa", 14), ("Desa", 26)) if issue.is_joint else (("No", 15),),
        columns,
        tuple(rows),
        has_last=False,
    )


def _cell(issue: Issue, blank: Blank, key: Key, column: Column | None = None) -> PageCell:
    asked = column or issue.asking.variables[key.variable]
    content = blank.cells.get(key, EMPTY)
    return PageCell(asked, content, shown(issue.asking.dictionary, asked, content))


def _last(dictionary: Dictionary, blank: Blank, key: Key) -> str:
    asked = dictionary.variables.get(key.variable)
    content = blank.last.get(key)
    return shown(dictionary, asked, content) if asked is not None and content is not None else ""


def _offer(issue: Issue, blank: Blank, key: Key) -> str:
    """Write what is offered for a cell: once where all sources say the same, else with their numbers."""
    offers = blank.offers.get(key, ())
    texts = {_offer_text(issue, one): blank.number(one.origin) for one in reversed(offers)}
    if len(texts) < 2:
        return next(iter(texts), "")
    return "; ".join(f"{COPY} {blank.number(one.origin)}: {_offer_text(issue, one)}" for one in offers)


def _offered(issue: Issue, blank: Blank, keys: Sequence[Key], columns: Sequence[str]) -> str:
    """Write what is offered for the cells of a line, with the words of the sources."""
    parts: list[str] = []
    for key, column in zip(keys, columns or ("",), strict=True):
        offers = blank.offers.get(key, ())
        before = f"{column}: " if column else ""
        if len({_offer_text(issue, one) for one in offers}) > 1:
            parts += [
                f"{before}{COPY} {blank.number(one.origin)}: {_offer_text(issue, one)} ({one.origin.words})"
                for one in offers
            ]
        elif offers:
            words = "; ".join(one.origin.words for one in offers)
            parts.append(f"{before}{_offer_text(issue, offers[0])} ({words})")
    return "\n".join(parts)


def _offer_text(issue: Issue, offer: Offer) -> str:
    asking = issue.asking
    asked = asking.variables.get(offer.key.variable) or asking.columns[offer.key.variable]
    return shown(asking.dictionary, asked, offer.content)


def _sources(blank: Blank) -> str:
    """Name the sources of a village, with their numbers where there are several."""
    origins = blank.origins
    words = (
        one.words if len(origins) == 1 else f"{COPY} {at} {one.words}" for at, one in enumerate(origins, 1)
    )
    return f"dapat disalin ({'; '.join(words)})"


def hidden_rows(issue: Issue, made: Sequence[Page]) -> Iterator[tuple[str, ...]]:
    """Write what the workbook says of itself: form, version, period, villages with base revision, keys."""
    asking = issue.asking
    yield ("sidara-workbook", "1")
    yield ("uid", str(issue.uid))
    yield ("form", asking.questionnaire.form.code)
    yield ("version", str(asking.number))
    yield ("digest", asking.version)
    yield ("period", str(issue.period))
    yield ("dataset", issue.dataset)
    yield ("made", issue.made_at.isoformat())
    yield ("under", issue.under.code)
    for blank in issue.blanks:
        yield ("region", blank.region.code, str(blank.base))
        for key, offers in blank.offers.items():
            for one in offers:
                yield (
                    *("offer", blank.region.code, key.row, mark(key.variable, key.breakdown)),
                    *(str(blank.number(one.origin)), one.content.state.value, one.content.value or ""),
                    one.origin.reference,
                )
    for page in made:
        for column in page.columns:
            yield ("mark", page.name, column.mark)
        for row in page.keyed:
            yield ("key", page.name, row.key)


REMOVED_WORD = {CLEARED: REMOVED}
"""In the own cell of a row the word that clears means that the row is taken out."""
