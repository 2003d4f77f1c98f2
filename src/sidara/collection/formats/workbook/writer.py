"""Writes the workbook of an issue: guide, definitions, a page a section, grid or list, what the file is.

Everything but the boxes is locked (without a password: it guards against slips, not against people). Texts
are written as texts, so that no value can become a formula. The same issue gives the same bytes.
"""

import io
import textwrap
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sidara.collection.core.blank import Issue
from sidara.collection.core.shown import COPY, WORDS, offered
from sidara.collection.formats.workbook import guide
from sidara.collection.formats.workbook.looks import Looks
from sidara.collection.formats.workbook.plan import (
    ANCHOR,
    CHOICES_SHEET,
    DEFINITIONS_SHEET,
    GUIDE_SHEET,
    HIDDEN_SHEET,
    IN,
    NO_KEY,
    WHY,
    Asked,
    Page,
    PageCell,
    PageRow,
    hidden_rows,
    pages,
)
from sidara.dictionary.core import Type

HEAD, FIRST = 4, 6
"""The row of the head, and the first row below it (from 0)."""
ACROSS = 10
"""The most columns of boxes side by side on paper."""
OFFER_WIDTH = 44
EXACT_DIGITS = 15
"""Digits of a number that a workbook keeps exactly."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it, days in workbooks are wrong by one."""
_PROTECT = {"format_columns": True, "format_rows": True}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9


def write(issue: Issue) -> bytes:
    """Give the workbook of an issue as bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties(
            {
                "title": issue.title,
                "created": issue.made_at.replace(tzinfo=None),
            }
        )
        _Writer(book, issue).all()
    return buffer.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, issue: Issue) -> None:
        self.book = book
        self.issue = issue
        self.mark = "SIMULASI. " if issue.is_simulated else ""
        self.looks = Looks(book)
        self.pages = pages(issue)
        self.choices: dict[tuple[str, ...], str] = {}
        most = max((len(blank.origins) for blank in issue.blanks), default=0)
        numbered = (f"{COPY} {number}" for number in range(1, most + 1))
        self.copies = (COPY, *numbered) if most > 1 else (COPY,) * most

    def all(self) -> None:
        front = self.book.add_worksheet(GUIDE_SHEET)
        definitions = self.book.add_worksheet(DEFINITIONS_SHEET)
        sheets = [self.book.add_worksheet(page.name) for page in self.pages]
        self.words = self.book.add_worksheet(CHOICES_SHEET)
        hidden = self.book.add_worksheet(HIDDEN_SHEET)
        self._offer((*WORDS, *self.copies))
        for page, sheet in zip(self.pages, sheets, strict=True):
            self._page(sheet, page)
        guide.write_guide(front, self.looks, self.issue, self.pages)
        guide.write_definitions(definitions, self.looks, self.issue)
        for sheet in (front, definitions):
            self._paper(sheet, landscape=sheet is definitions)
        for at, row in enumerate(hidden_rows(self.issue, self.pages)):
            for column, text in enumerate(row):
                hidden.write_string(at, column, text)
        for sheet in (self.words, hidden):
            sheet.protect()
            sheet.very_hidden()
        front.activate()

    def _paper(self, sheet: Worksheet, *, landscape: bool) -> None:
        """Set a sheet up for paper and lock it."""
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        named = f"{self.mark}{self.issue.title}".replace("&", "&&")
        sheet.set_footer(f"&L&9{named}&R&9Halaman &P dari &N")
        sheet.hide_gridlines(2)
        sheet.protect("", _PROTECT)

    def _page(self, sheet: Worksheet, page: Page) -> None:
        """Write a page: hidden marks, title, head, rows."""
        first = 1 + len(page.wide)
        last = first + len(page.columns)
        offers = last + (len(page.columns) if page.has_last else 0)
        whys = offers + (1 if page.has_offers else 0)
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(0, 0, f"{ANCHOR}{self.issue.uid}")
        sheet.write_string(1, 1, page.title, self.looks.title)
        made = f"{self.mark}{self.issue.under.full_name}, {self.issue.period_words}. {page.note}"
        sheet.write_string(2, 1, made, self.looks.under)
        self._head(sheet, page, first, last, whys)
        if page.has_offers:
            sheet.set_column(offers, offers, OFFER_WIDTH)
            sheet.write_string(HEAD, offers, "Dapat disalin", self.looks.head)
            sheet.write_string(HEAD + 1, offers, f"tulis {COPY} pada kotak kuning", self.looks.head_2)
        for at, row in enumerate(page.rows, FIRST):
            self._row(sheet, page, row, at)
            if row.offered:
                sheet.write_string(at, offers, row.offered, self.looks.offer)
            for number, cell in enumerate(row.cells):
                if cell is not None:
                    self._box(sheet, at, first + number, cell)
                    self._explanation(sheet, at, whys + number, cell)
            for number, text in enumerate(row.last):
                if page.has_last or row.kind == "last":
                    sheet.write_string(at, (last if page.has_last else first) + number, text, self.looks.last)
        self._help(sheet, page, first)
        self._paper(sheet, landscape=True)
        inner = len(page.columns)
        end = whys + inner if inner <= 2 else whys
        sheet.freeze_panes(FIRST, first)
        sheet.repeat_rows(HEAD, HEAD + 1)
        sheet.repeat_columns(1, len(page.wide))
        sheet.print_area(0, 0, FIRST + len(page.rows) - 1, end - 1)
        sheet.fit_to_pages(-(-inner // ACROSS), 0)

    def _head(self, sheet: Worksheet, page: Page, first: int, last: int, whys: int) -> None:
        """Write the head of the table: words, and below them category or unit."""
        looks, above = self.looks, f"Periode lalu ({self.issue.last_period_words})"
        for at, (words, width) in enumerate(page.wide, 1):
            sheet.set_column(at, at, width)
            sheet.write_string(HEAD, at, words, looks.head)
            sheet.write_string(HEAD + 1, at, "", looks.head_2)
        for at in (HEAD, HEAD + 1):
            sheet.write_string(at, 0, NO_KEY)
        heights = [1]
        for at, column in enumerate(page.columns):
            is_long = column.asked is not None and not column.asked.is_number
            width = 26 if is_long else 18
            heights.append(_lines(column.heading, width))
            sheet.set_column(first + at, first + at, width)
            sheet.write_string(0, first + at, column.mark)
            sheet.write_string(HEAD, first + at, column.heading, looks.head)
            sheet.write_string(HEAD + 1, first + at, column.below, looks.head_2)
            beside = column.heading if len(page.columns) > 1 else ""
            if page.has_last:
                sheet.set_column(last + at, last + at, 16)
                sheet.write_string(HEAD, last + at, above, looks.head)
                sheet.write_string(HEAD + 1, last + at, beside, looks.head_2)
            sheet.set_column(whys + at, whys + at, 26)
            sheet.write_string(0, whys + at, column.mark.replace(IN, WHY, 1))
            sheet.write_string(HEAD, whys + at, "Penjelasan", looks.head)
            sheet.write_string(HEAD + 1, whys + at, beside, looks.head_2)
        below = max((_lines(one.below or one.heading, 18) for one in page.columns), default=1)
        sheet.set_row(HEAD, 15 * max(heights) + 6)
        sheet.set_row(HEAD + 1, 14 * below + 3)

    def _explanation(self, sheet: Worksheet, at: int, column: int, cell: PageCell) -> None:
        """Write the box of an explanation, with the one that is stored."""
        if cell.text and cell.content.explanation:
            sheet.write_string(at, column, cell.content.explanation, self.looks.note)
        else:
            sheet.write_blank(at, column, None, self.looks.note)

    def _row(self, sheet: Worksheet, page: Page, row: PageRow, at: int) -> None:
        """Write the words on the left of a row, and its hidden key."""
        sheet.write_string(at, 0, row.key or NO_KEY)
        looks = {"heading": self.looks.heading, "part": self.looks.part}.get(row.kind, self.looks.word)
        for column, text in enumerate(row.left, 1):
            is_code = column == 1 and row.kind != "heading"
            sheet.write_string(at, column, text, self.looks.code if is_code else looks)
        if row.kind == "heading":
            for column in range(len(row.left) + 1, 1 + len(page.wide) + len(page.columns)):
                sheet.write_blank(at, column, None, self.looks.heading)
        lines = [_lines(text, width) for text, (_, width) in zip(row.left, page.wide, strict=False)]
        lines.append(sum(_lines(text, OFFER_WIDTH) for text in row.offered.splitlines()))
        sheet.set_row(at, 15 * max(lines) + 5)

    def _box(self, sheet: Worksheet, at: int, column: int, cell: PageCell) -> None:
        """Write a cell that is filled in, prefilled with what is stored."""
        look = self.looks.box(cell.asked)
        value = cell.content.value or ""
        if not cell.text:
            sheet.write_blank(at, column, None, look)
        elif value and cell.asked is not None and cell.asked.is_number and _is_exact(value):
            sheet.write_number(at, column, Decimal(value), look)
        elif value and cell.asked is not None and cell.asked.type is Type.DATE and _is_day(value):
            sheet.write_datetime(at, column, date.fromisoformat(value), look)
        else:
            sheet.write_string(at, column, cell.text, look)

    def _help(self, sheet: Worksheet, page: Page, first: int) -> None:
        """Add drop-downs, words on how to fill in, and red for what cannot be right, each for a whole run."""
        for column in range(len(page.columns)):
            run: list[int] = []
            of: PageCell | None = None
            for at, row in enumerate((*page.rows, None), FIRST):
                cell = row.cells[column] if row is not None and column < len(row.cells) else None
                is_gap = row is not None and not row.key
                if (
                    cell is not None
                    and of is not None
                    and (cell.asked, cell.offered) == (of.asked, of.offered)
                ):
                    run.append(at)
                elif is_gap and of is not None and page.columns[column].asked is not None:
                    continue
                else:
                    if of is not None:
                        self._helped(sheet, run[0], run[-1], first + column, of)
                    run, of = ([at] if cell is not None else []), cell

    def _helped(self, sheet: Worksheet, top: int, bottom: int, column: int, cell: PageCell) -> None:
        asked = cell.asked
        words = cell.offered
        if asked is not None:
            words = (*offered(self.issue.asking.dictionary, asked), *self.copies)
        is_closed = asked is None or asked.type in {Type.CHOICE, Type.YES_NO}
        rule: dict[str, object] = {
            "validate": "list",
            "source": f"={self._offer(words)}",
            "error_type": "stop",
            "show_error": is_closed,
            "error_title": "Bukan pilihan",
            "error_message": "Pilih salah satu dari daftar.",
        }
        if asked is not None:
            rule |= {"input_title": asked.code, "input_message": guide.how(self.issue, asked)[:255]}
        sheet.data_validation(top, column, bottom, column, rule)
        formula = _wrong(asked, xl_rowcol_to_cell(top, column)) if asked is not None else ""
        if formula:
            look = {"type": "formula", "criteria": formula, "format": self.looks.faulty}
            sheet.conditional_format(top, column, bottom, column, look)

    def _offer(self, words: tuple[str, ...]) -> str:
        """Put words of a drop-down on the hidden sheet, once; give the name of their range."""
        if words not in self.choices:
            at = len(self.choices)
            name = f"Pilihan_{at}" if at else "Keadaan"
            for row, text in enumerate(words):
                self.words.write_string(row, at, text)
            letters = xl_col_to_name(at, col_abs=True)
            self.book.define_name(name, f"={CHOICES_SHEET}!{letters}$1:{letters}${len(words)}")
            self.choices[words] = name
        return self.choices[words]


def _asks(cell: PageCell) -> tuple[object, ...]:
    return cell.asked, cell.offered


def _lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column."""
    return max(1, len(textwrap.wrap(text, int(width * 0.95))))


def _is_exact(value: str) -> bool:
    return len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS


def _is_day(value: str) -> bool:
    return date.fromisoformat(value) >= _FIRST_DAY


def _wrong(asked: Asked, cell: str) -> str:
    """Give the formula that is true where a figure or day cannot be right; empty where that is not judged."""
    if not (asked.is_number or asked.type is Type.DATE):
        return ""
    tests = [f"ISNUMBER({cell})"]
    if asked.is_number:
        shift = 10 ** (asked.decimals or 0)
        tests.append(f"ROUND({cell}*{shift},0)=ROUND({cell}*{shift},6)")
        if asked.range is not None:
            if asked.range.minimum is not None:
                tests.append(f"{cell}>={asked.range.minimum}")
            if asked.range.maximum is not None:
                tests.append(f"{cell}<={asked.range.maximum}")
            if asked.range.above is not None:
                tests.append(f"{cell}>{asked.range.above}")
    good = f"IF(ISNUMBER({cell}),AND({','.join(tests)}),COUNTIF(Keadaan,{cell})>0)"
    return f'=AND({cell}<>"",NOT({good}))'
