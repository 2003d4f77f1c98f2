"""Plan tables out of disordered workbooks: table recognised, rows told apart, cells read, nothing guessed."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.kernel import content
from sidara.kernel.finding import Severity
from sidara.programmes.core.importing import Grid, Reading, headings, plain, read_plan, read_tables
from sidara.programmes.core.importing.values import (
    Unreadable,
    day_of,
    money_of,
    number_of,
    quantity_of,
    years_listed,
)
from sidara.programmes.formats.plan_book import read_sheets
from tests.programmes import messy

TABLES = read_tables(content.load("sidara.programmes", "plan_tables"))
WORDS = TABLES.words


def read(sheets, **asked):
    grids, problem = read_sheets(messy.xlsx(sheets), "rencana.xlsx")
    assert problem is None
    return read_plan(grids, TABLES, Reading(**({"year": messy.YEAR, "first_year": messy.YEAR} | asked)))


def codes(file):
    return {one.code for one in file.findings}


def test_the_content_holds_the_tables_that_are_imported():
    assert [one.key for one in TABLES.tables] == [make.__name__ for make in messy.ALL]
    for table in TABLES.tables:
        keys = [one.key for one in table.columns]
        assert len(keys) == len(set(keys))
        assert set(table.row_key) - {"year"} <= set(keys)


@pytest.mark.parametrize("make", messy.ALL, ids=lambda make: make.__name__)
def test_a_disordered_workbook_is_recognised_and_each_row_is_data_or_named(make):
    book = make()
    file = read(book.sheets, first_year=2025)
    assert file.table.key == book.table
    assert (len(file.drafts), len(file.skipped)) == (book.sent, book.skipped)
    data = next(one for one in book.sheets if one.name == file.drafts[0].sheet)
    heading = min(one.line for one in file.drafts + file.skipped)
    filled = [at for at, row in enumerate(data.rows, 1) if at >= heading and any(row)]
    assert sorted(one.line for one in file.drafts + file.skipped) == filled


def test_a_renja_keeps_what_merged_cells_say_and_tells_what_is_hidden():
    file = read(messy.renja().sheets)
    first, second, third = file.drafts
    assert (first.values["code"], second.values["code"]) == (messy.SUB, messy.SUB)
    assert (first.values["ceiling"], second.values["ceiling"]) == (1_250_000, 1_750_000)
    assert (first.values["next_target"], first.values["next_ceiling"]) == (Decimal(13), 1_500_000)
    assert second.values["goal"] == "Tata kelola desa"
    assert "target" not in third.values
    assert first.more == {"No Agenda": "A-1"}
    told = {one.code: one for one in file.findings}
    assert {"PLAN_HIDDEN_COLUMNS", "PLAN_HIDDEN_ROWS", "PLAN_SHEET_HIDDEN", "PLAN_SHEET_PASSED"} <= set(told)
    assert "Catatan Penting" in told["PLAN_HIDDEN_COLUMNS"].message
    assert told["PLAN_COLUMN_UNKNOWN"].place.column == "No Agenda"
    assert "JUMLAH" in " ".join(one.words for one in file.skipped)


def test_the_other_tables_read_what_is_peculiar_to_them():
    years = read(messy.rpjmdes().sheets)
    assert [sorted(one.values["years"]) for one in years.drafts] == [[1, 3], [2], [1, 2, 3]]
    assert [one.values.get("unit") for one in years.drafts] == ["M", "unit", None]
    budget = read(messy.apbdes().sheets)
    assert [(one.values.get("code"), one.values["account"]) for one in budget.drafts] == [
        (None, "4.2.1"),
        ("2.3.10", "5.2.1"),
        ("2.3.10", "5.3.5"),
        (None, "6.2.2"),
    ]
    changed = read(messy.rkpd().sheets)
    assert [one.values.get("ceiling_revised") for one in changed.drafts] == [-250_000, 500_000, None]
    assert [one.values["agency"] for one in changed.drafts] == ["Dinas PMD", "Dinas PMD", "Dinas Kesehatan"]
    monthly = read(messy.dpa_desa().sheets)
    assert monthly.drafts[0].values["month"] == {2: 30_000_000, 3: 60_000_000}
    five = read(messy.renstra().sheets, first_year=2025)
    assert five.drafts[1].values["ceiling"] == {at: at * 1_000_000 for at in range(1, 6)}


def test_accounts_may_stand_among_the_codes_in_one_column():
    rows = [
        ["APBDes"],
        ["Kode Rekening", "Uraian", "Anggaran (Rp)", "Sumber Dana"],
        ["4.2.1.", "Dana Desa", 100, "DDS"],
        ["5", "BELANJA", 100],
        ["02.03.10.", "Jalan", 100],
        ["5.3.5.", "Belanja modal", 100, "DDS"],
        ["5.3.5.01.", "Upah", 60, "DDS"],
        ["5.3.5.02.", "Bahan", 40, "DDS"],
        ["05.01.00.", "Bencana", 10],
        ["5.4.1.", "Belanja tak terduga", 10, "ADD"],
    ]
    file = read([messy.Sheet("APBDes", rows)])
    assert [(one.values.get("code"), one.values["account"]) for one in file.drafts] == [
        (None, "4.2.1."),
        ("02.03.10.", "5.3.5.01."),
        ("02.03.10.", "5.3.5.02."),
        ("05.01.00.", "5.4.1."),
    ]
    assert [one.line for one in file.skipped] == [4, 5, 6, 9]


@pytest.mark.parametrize("is_numbered", [True, False])
def test_codes_may_be_parted_over_columns_under_one_heading(is_numbered):
    heads = ["KODE REKENING", *[None] * 5, "URAIAN", "ANGGARAN (Rp)", "SUMBERDANA"]
    below = ["1", None, None, "2", None, None] if is_numbered else []
    rows = [
        ["APBDes"],
        heads,
        below,
        [2, None, None, None, None, None, "BIDANG", 100],
        [2, 3, None, None, None, None, "Sub bidang", 100],
        [2, 3, "10", None, None, None, "Jalan", 100],
        [2, 3, "10", 5, 3, None, "Belanja modal", 100],
        [2, 3, "10", 5, 3, 5, "Belanja modal jalan", 100, "DDS"],
        [None, None, None, 4, 2, 1, "Dana Desa", 100, "DDS"],
    ]
    spans = [(2, 1, 2, 6)]
    if is_numbered:
        spans += [(3, 1, 3, 3), (3, 4, 3, 6), *[(2, at, 3, at) for at in (7, 8, 9)]]
    file = read([messy.Sheet("APBDes", rows, spans)])
    assert [(one.values.get("code"), one.values["account"]) for one in file.drafts] == [
        ("2.3.10", "5.3.5"),
        (None, "4.2.1"),
    ]
    assert "PLAN_COLUMN_UNKNOWN" not in codes(file)


def test_years_may_stand_under_the_word_for_what_they_give():
    heads = ["KODE", "PROGRAM DAN KEGIATAN", "INDIKATOR", "SATUAN"]
    rows = [
        ["RENSTRA"],
        [*heads, "TARGET", *[None] * 4, "DANA", *[None] * 4],
        [*[None] * 4, *range(2025, 2030), *range(2025, 2030)],
        [messy.SUB, "a", "b", "c", 1, 2, 3, 4, 5, 10, 20, 30, 40, 50],
    ]
    file = read([messy.Sheet("Renstra", rows, [(2, 5, 2, 9), (2, 10, 2, 14)])], first_year=2025)
    assert file.drafts[0].values["target"] == {at: Decimal(at) for at in range(1, 6)}
    assert file.drafts[0].values["ceiling"] == {at: 10 * at for at in range(1, 6)}


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("Rp1.250.000,00", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("Rp. 1.250.000,-", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        (1_250_000.0, 1_250_000),
        ("1.250", 1_250),
        ("0", 0),
    ],
)
def test_rupiah_are_read_as_offices_write_them(written, amount):
    assert money_of(written) == amount


def test_money_is_multiplied_only_when_told_and_negative_only_as_a_difference():
    assert money_of("1.250,5", 1_000_000) == 1_250_500_000
    assert money_of("(1.250.000)", is_difference=True) == -1_250_000
    for written, code in (
        ("(1.250.000)", "PLAN_MONEY_NEGATIVE"),
        ("1.250.000,50", "PLAN_MONEY_NOT_WHOLE"),
        ("12,50,00", "PLAN_NUMBER_UNREADABLE"),
        ("1.25.000", "PLAN_NUMBER_UNREADABLE"),
        ("sejuta", "PLAN_NUMBER_UNREADABLE"),
        ("9" * 40, "PLAN_NUMBER_UNREADABLE"),
    ):
        with pytest.raises(Unreadable) as fault:
            money_of(written)
        assert fault.value.code == code


def test_amounts_days_and_years_are_read():
    assert quantity_of("120 M") == (Decimal(120), "M")
    assert quantity_of("2,5 km") == (Decimal("2.5"), "km")
    assert quantity_of("1.200 m2") == (Decimal(1200), "m2")
    assert number_of("0,96") == Decimal("0.96")
    assert {day_of(one, WORDS) for one in ("01/02/2027", "2027-02-01", "1 Februari 2027", 46_419)} == {
        date(2027, 2, 1)
    }
    assert years_listed("2027, 2029", 2027, 8) == (2027, 2029)
    assert years_listed("I-III", 2027, 8) == (2027, 2028, 2029)
    with pytest.raises(Unreadable):
        years_listed("²", 2027, 8)
    for text in ("31/02/2027", "nanti"):
        with pytest.raises(Unreadable):
            day_of(text, WORDS)


def rkp(heads, rows, title="RKP DESA"):
    return [messy.Sheet("RKP", [[title], heads, *rows])]


HEADS = ["Bidang", "Jenis Kegiatan", "Lokasi", "Volume", "Jumlah (Rp)", "Sumber"]
ROW = ["Pembangunan Desa", "Sumur bor", "Dusun II", "3 unit", "45.000.000", "ADD"]


def test_thousands_and_millions_in_a_heading_are_asked_for():
    heads = [*HEADS[:4], "Jumlah (Rp juta)", "Sumber"]
    heads[4] = "Biaya (Rp)"
    titled = rkp(heads, [ROW], "RKP DESA TAHUN 2027 (dalam juta rupiah)")
    asked = read(titled)
    assert asked.is_refused
    assert codes(asked) == {"PLAN_UNIT_UNSURE"}
    told = read(titled, unit="juta")
    assert told.drafts[0].values["ceiling"] == 45_000_000 * 1_000_000
    assert read(titled, unit="rupiah").drafts[0].values["ceiling"] == 45_000_000


def test_percent_cells_are_asked_for_and_never_multiplied_by_themselves():
    book = messy.dpa().sheets
    asked = read(book)
    fault = asked.drafts[0].findings[0]
    assert (fault.code, fault.severity, fault.place.line) == ("PLAN_PERCENT_UNSURE", Severity.ERROR, 4)
    assert read(book, percent="shown").drafts[0].values["outcome_target"] == Decimal(96)
    assert read(book, percent="stored").drafts[0].values["outcome_target"] == Decimal("0.96")


def test_cells_that_cannot_be_read_name_sheet_row_column_and_value():
    file = read(rkp(HEADS, [[*ROW[:4], "empat juta", "ADD"]]))
    fault = file.drafts[0].findings[0]
    assert (fault.place.sheet, fault.place.line, fault.place.column) == ("RKP", 3, "Jumlah (Rp)")
    assert (fault.value, bool(fault.remedy)) == ("empat juta", True)


def test_a_volume_that_cannot_be_parted_stays_beside_the_row():
    file = read(rkp(HEADS, [[*ROW[:3], "120 x 2 M", *ROW[4:]]]))
    assert [one.severity for one in file.drafts[0].findings] == [Severity.WARNING]
    assert file.drafts[0].values["as_written"] == {"Volume": "120 x 2 M"}


def test_formulas_without_a_value_and_errors_are_findings():

    book = openpyxl.Workbook()
    for row in (["RKP DESA"], HEADS, ROW, [*ROW[:4], "=1+1", "ADD"]):
        book.active.append(row)
    book.active["E3"] = "#REF!"
    book.active["E3"].data_type = "e"
    made = io.BytesIO()
    book.save(made)
    grids, problem = read_sheets(made.getvalue(), "a.xlsx")
    assert problem is None
    file = read_plan(grids, TABLES, Reading())
    assert [one.code for draft in file.drafts for one in draft.findings] == [
        "PLAN_CELL_ERROR",
        "PLAN_FORMULA_EMPTY",
    ]


def test_a_missing_column_and_an_unknown_table_refuse_the_file():
    assert codes(read(rkp(HEADS[:-1], [ROW[:-1]]), table="rkpdes")) >= {"PLAN_COLUMN_MISSING"}
    assert codes(read(rkp(["a", "b", "c"], [[1, 2, 3]]))) == {"PLAN_TABLE_NOT_FOUND"}
    assert codes(read(rkp(HEADS, [ROW]), table="lain")) == {"PLAN_TABLE_UNKNOWN"}
    assert codes(read(rkp(HEADS, []))) >= {"PLAN_NO_ROWS"}


def test_a_renstra_without_one_of_its_years_is_refused():
    book = messy.renstra().sheets[0]
    rows = [[*row[:14], *row[16:]] for row in book.rows]
    spans = [one for one in book.spans if one[1] < 14 and one[3] < 15]
    file = read([messy.Sheet("Renstra", rows, spans)], first_year=2025)
    missing = [one.place.column for one in file.findings if one.code == "PLAN_COLUMN_MISSING"]
    assert missing == ["Target tahun ke-5", "Dana tahun ke-5 (Rp)"]


def test_each_heading_of_the_reference_is_understood(shared, record_property):
    reference = yaml.safe_load((shared / "reference" / "format_rencana.yaml").read_text("utf-8"))
    count = 0
    for told in reference["tabel"]:
        table = TABLES.table(told["id"])
        assert (table is None) == (told["id"] in ("realisasi_tw", "e81"))
        for column in told["kolom"] if table else ():
            for words in column["ejaan"]:
                assert understood(table, words), (told["id"], words)
                count += 1
    record_property("official cases: headings of plan tables", count)
    assert count > 380


def understood(table, words):
    """Whether a heading alone, its rows parted by ": ", is one of a table's columns."""
    parts = tuple(map(plain, words.split(": ")))
    return 1 in headings.assign({1: parts}, table, messy.YEAR, messy.YEAR)


def test_comma_files_and_open_documents_read_the_same():
    sheet = rkp(HEADS, [ROW])[0]
    expected = read([sheet]).drafts[0].values
    lines = [";".join(map(str, row)) for row in sheet.rows]
    for data, name in (("\n".join(lines).encode("utf-8-sig"), "a.csv"), (ods(sheet.rows), "a.ods")):
        grids, problem = read_sheets(data, name)
        assert problem is None
        assert read_plan(grids, TABLES, Reading()).drafts[0].values == expected


MANIFEST = """<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""


def test_the_separator_of_a_comma_file_is_looked_for_outside_of_quotes():
    rows = [HEADS, [*ROW[:2], '"RT 1; RT 2; RT 3; RT 4; RT 5; RT 6; RT 7"', *ROW[3:]]]
    content = "\n".join(",".join(row) for row in rows).encode()
    grids, problem = read_sheets(content, "a.csv")
    assert problem is None
    file = read_plan(grids, TABLES, Reading(table="rkpdes"))
    assert file.drafts[0].values["place"] == "RT 1; RT 2; RT 3; RT 4; RT 5; RT 6; RT 7"


def ods(rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="RKP">{cells}</table:table>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}>{body}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return made.getvalue()


def bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "x")
        book.writestr("xl/workbook.xml", "<a/>" * 40_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (bomb, "a.xlsx", "XLSX_TOO_LARGE"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 2000, "a.xls", "PLAN_BOOK_UNREADABLE"),
        (lambda: ods([["<!"]]), "a.ods", "PLAN_BOOK_UNREADABLE"),
        (lambda: messy.rkpd().xlsx(), "a.xlsm", "XLSX_MACROS"),
        (lambda: b"PK\x03\x04rusak", "a.xlsx", "XLSX_BROKEN"),
        (lambda: b"x", "a.docx", "FORMAT_UNKNOWN"),
        (lambda: b"  \n", "a.csv", "FILE_EMPTY"),
        (lambda: b"\xff\xfe\x00", "a.csv", "ENCODING_NOT_UTF8"),
        (lambda: b"0" * 20_000_001, "a.csv", "FILE_TOO_LARGE"),
    ],
    ids=["bomb", "xls", "ods", "macros", "broken", "other", "empty", "encoding", "large"],
)
def test_files_that_attack_or_break_are_refused(data, name, code):
    grids, problem = read_sheets(data(), name)
    assert (grids, problem.code) == ((), code)


COLUMNS = {
    key: TABLES.table("rkpdes").column(key)
    for key in ("field", "name", "place", "volume", "ceiling", "fund_source", "beneficiaries", "executor")
}
WORDED = st.text("abcdefghij klm", min_size=3, max_size=20).map(lambda text: "d" + text.strip())


def spelled(draw, amount):
    styles = (
        lambda: amount,
        lambda: f"{amount:,}".replace(",", "."),
        lambda: "Rp" + f"{amount:,}".replace(",", ".") + ",00",
        lambda: "Rp. " + f"{amount:,}".replace(",", ".") + ",-",
    )
    return draw(st.sampled_from(styles))()


@st.composite
def written(draw):
    """A table of RKP Desa in any order of columns, spelling of headings and style of figures."""
    rows = draw(
        st.lists(
            st.fixed_dictionaries(
                {key: WORDED for key in COLUMNS if key not in ("volume", "ceiling")}
                | {"volume": st.integers(1, 9_999), "ceiling": st.integers(1_000, 10**10)}
            ),
            min_size=1,
            max_size=5,
        )
    )
    order = draw(st.permutations(list(COLUMNS)))
    heads = []
    for key in order:
        spelling = draw(st.sampled_from([one for one in COLUMNS[key].spellings if ":" not in one]))
        heads.append(draw(st.sampled_from([spelling, spelling.upper(), f" {spelling}  ", spelling + "."])))
    laid = [[spelled(draw, row[key]) if key == "ceiling" else row[key] for key in order] for row in rows]
    above = [["RKP Desa"]] * draw(st.integers(0, 3))
    return rows, [*above, heads, *laid]


@settings(max_examples=60)
@given(written())
def test_any_order_spelling_and_number_style_reads_the_same(case):
    rows, laid = case
    cells = {(row, column): value for row, line in enumerate(laid, 1) for column, value in enumerate(line, 1)}
    file = read_plan([Grid("RKP", cells)], TABLES, Reading(table="rkpdes", year=2027, first_year=2027))
    assert [one.values for one in file.drafts] == [
        {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in row.items()}
        for row in rows
    ]
