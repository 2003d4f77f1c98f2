"""XLSForm: every form is accepted by pyxform, comes back unchanged, and survives without our columns."""

import io

import openpyxl
import pytest
from pyxform.xls2xform import convert

from sidara.dictionary import queries, services
from sidara.dictionary.core import OtherCode, Thing
from sidara.dictionary.core.xpath import NoCounterpart, from_xpath, to_xpath
from sidara.dictionary.formats import content_file, xlsform
from sidara.dictionary.formats.xlsform.columns import KEPT
from sidara.expressions import read as read_expression
from sidara.kernel.actor import OPERATOR
from sidara.kernel.finding import Severity
from tests.dictionary.conftest import clock

FORMS = [name.removesuffix(".yaml") for name, data in content_file.packaged() if b"\nform:\n" in data]


@pytest.fixture
def shipped(db):
    return queries.dictionary(OPERATOR)


def workbook(sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table(text: str):
    """A Markdown table as rows."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines()]
    return [[cell.strip() or None for cell in line.split("|")] for line in lines]


def stripped(content: bytes) -> bytes:
    """The workbook without our columns."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for at in range(sheet.max_column, 0, -1):
            if sheet.cell(1, at).value == KEPT:
                sheet.delete_cols(at)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_there_are_33_forms():
    assert len(FORMS) == 33


@pytest.mark.parametrize("code", FORMS)
def test_pyxform_accepts_what_is_exported(shipped, code):
    content = queries.xlsform(OPERATOR, code)
    made = convert(xlsform=io.BytesIO(content), file_type=".xlsx")
    assert made.warnings == []
    assert f'id="{code}"' in made.xform
    assert 'version="v1"' in made.xform


@pytest.mark.parametrize("code", FORMS)
def test_what_is_exported_comes_back_unchanged(shipped, code):
    read = xlsform.read(queries.xlsform(OPERATOR, code), "a.xlsx", shipped)
    assert read.findings == ()
    assert {key[1] for key in read.things} >= {one.code for one in shipped.variables_of(code)}
    for (kind, name), thing in read.things.items():
        assert thing == shipped.of(kind)[name]


@pytest.mark.parametrize("code", FORMS)
def test_without_our_columns_all_that_xlsform_holds_comes_back(shipped, code):
    """The dictionary knows nothing of the form: type, question, options, parts, range and order come back."""
    content = stripped(queries.xlsform(OPERATOR, code))
    gone = {(Thing.VARIABLE, one.code): None for one in shipped.variables_of(code)}
    gone |= {(Thing.LIST, one.code): None for one in shipped.lists_of(code)} | {(Thing.FORM, code): None}
    read = xlsform.read(content, "a.xlsx", shipped.with_things(gone))
    assert {one.code for one in read.findings} <= {"FORM_ASSUMED"}
    asked = [one for one in shipped.variables_of(code) if one.is_asked]
    for one in asked:
        made = read.things[Thing.VARIABLE, one.code]
        assert made.type.kind is one.type.kind
        assert (made.question, made.is_required) == (one.question, one.is_required)
        assert [(o.code, o.label) for o in made.options] == [
            (o.code, o.label) for o in shipped.options_of(one)
        ]
        assert (made.classifications, made.parts) == (one.classifications, one.parts)
        assert made.range == one.range
    for rows in shipped.lists_of(code):
        made = read.things[Thing.LIST, rows.code]
        kept = [one for one in rows.columns if one.is_asked]
        assert [(c.code, c.question, c.is_required) for c in made.columns] == [
            (c.code, c.question, c.is_required) for c in kept
        ]
        for column, own in zip(made.columns, kept, strict=True):
            assert [o.code for o in column.options] == [o.code for o in shipped.options_of(own)]


def root(shipped, text):
    return read_expression(text, shipped.vocabulary).root if text else None


def test_relevance_that_reads_its_own_form_survives_as_our_expression(shipped):
    seen = 0
    for code in FORMS:
        own = shipped.variables_of(code)
        gone = {(Thing.VARIABLE, one.code): None for one in own} | {(Thing.FORM, code): None}
        read = xlsform.read(stripped(queries.xlsform(OPERATOR, code)), "a.xlsx", shipped.with_things(gone))
        for one in (one for one in own if one.relevance and not one.classifications):
            names = read_expression(one.relevance, shipped.vocabulary).names
            is_here = all(shipped.variables[name].form == code for name in names)
            kept = read.things[Thing.VARIABLE, one.code].relevance
            if "in (" not in one.relevance:
                assert root(shipped, kept) == (root(shipped, one.relevance) if is_here else None)
            seen += is_here
    assert seen > 8


def test_an_edit_in_the_workbook_arrives_as_that_edit(loaded):
    book = openpyxl.load_workbook(io.BytesIO(queries.xlsform(OPERATOR, "KEP_TRIWULAN")))
    sheet = book["survey"]
    head = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[head["name"] - 1].value == "KEP_010")
    row[head["label"] - 1].value = "Berapa bayi lahir hidup?"
    row[head["constraint"] - 1].value = ". >= 0 and . <= 500"
    row[head["required"] - 1].value = "yes"
    buffer = io.BytesIO()
    book.save(buffer)
    account = services.import_form(
        OPERATOR, content=buffer.getvalue(), file_name="kep.xlsx", reason="uji", clock=clock
    )
    assert (account.updated, account.created, account.is_stored) == (1, 0, True)
    changed = queries.dictionary(OPERATOR).variables["KEP_010"]
    assert changed.question == "Berapa bayi lahir hidup?"
    assert (changed.range.minimum, changed.range.maximum, changed.is_required) == (0, 500, True)
    assert queries.form(OPERATOR, "KEP_TRIWULAN").version == 2


def test_an_edited_label_keeps_the_codes_in_other_schemes(loaded):
    book = openpyxl.load_workbook(io.BytesIO(queries.xlsform(OPERATOR, "EKO_TAHUNAN")))
    row = next(row for row in book["choices"].iter_rows(min_row=2) if row[2].value == "Konstruksi")
    row[2].value = "Konstruksi bangunan"
    buffer = io.BytesIO()
    book.save(buffer)
    services.import_form(OPERATOR, content=buffer.getvalue(), file_name="eko.xlsx", reason="uji", clock=clock)
    found = {one.label: one for one in queries.dictionary(OPERATOR).variables["EKO_001"].options}
    assert found["Konstruksi bangunan"].other_codes == (OtherCode("podes", "6"),)
    assert found["Pertambangan dan penggalian"].other_codes == (OtherCode("podes", "2"),)


FOREIGN = {
    "survey": table(
        """
        type | name | label | required | relevant | constraint | constraint_message
        begin group | g1 | Keramba
        integer | jumlah | Berapa keramba? | yes | | . >= 0 and . <= 50 | Paling banyak 50
        integer | aktif | Berapa yang aktif? | | ${jumlah} > 0 | . <= ${jumlah} | Yang aktif melebihi semua
        select_one ikan | jenis | Ikan apa yang utama? | yes | ${jumlah} > 0
        select_multiple ikan | lain | Ikan apa saja? | | selected(${jenis}, 'nila')
        end group
        begin repeat | pasar_ikan | Tempat jual
        text | tempat | Di mana? | yes
        end repeat
        """
    ),
    "choices": table(
        """
        list_name | name | label
        ikan | nila | Nila
        ikan | patin | Patin
        """
    ),
    "settings": table(
        """
        form_title | form_id
        Perikanan, tahunan | IKN_TAHUNAN
        """
    ),
}


def test_a_foreign_form_becomes_a_form_of_a_new_sector(loaded):
    account = services.import_form(
        OPERATOR, content=workbook(FOREIGN), file_name="ikan.xlsx", reason="uji", clock=clock
    )
    assert account.is_stored, account.findings
    made = queries.dictionary(OPERATOR)
    first, second, third, fourth = made.variables_of("IKN_TAHUNAN")
    assert (first.name, first.concept, first.range.maximum, first.text_confidence) == (
        "Berapa keramba?", "Keramba", 50, "inferred",
    )  # fmt: skip
    assert (second.relevance, second.rules[0].holds) == ("IKN_001 > 0", "IKN_002 <= IKN_001")
    assert second.rules[0].message == "Yang aktif melebihi semua."
    assert [one.code for one in third.options] == ["nila", "patin"]
    assert fourth.relevance == "has(IKN_003, 'nila')"
    assert [column.question for column in made.lists["pasar_ikan"].columns] == ["Di mana?"]
    assert [one.code for one in account.findings].count("NAME_RENAMED") == 5
    assert made.sectors["IKN"].name == "Perikanan, tahunan"
    again = services.import_form(
        OPERATOR,
        content=queries.xlsform(OPERATOR, "IKN_TAHUNAN"),
        file_name="b.xlsx",
        reason="uji",
        clock=clock,
    )
    assert (again.updated, again.created, again.is_stored) == (0, 0, False)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "code"),
    [
        ("survey", 2, 1, "barcode", "TYPE_FOREIGN"),
        ("survey", 2, 1, "select_one ayam", "OPTIONS_MISSING"),
        ("survey", 3, 5, "position(..) > 1", "EXPRESSION_FOREIGN"),
        ("survey", 3, 5, "${tiada} > 1", "UNKNOWN_NAME"),
        ("survey", 6, 1, "end repeat", "GROUP_UNPAIRED"),
        ("settings", 1, 2, None, "FORM_ID_MISSING"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_place(loaded, sheet, row, column, value, code):
    sheets = {name: [list(line) for line in rows] for name, rows in FOREIGN.items()}
    line = sheets[sheet][row]
    line += [None] * (column - len(line))
    line[column - 1] = value
    account = services.import_form(
        OPERATOR, content=workbook(sheets), file_name="ikan.xlsx", reason="uji", clock=clock
    )
    found = [one for one in account.findings if one.code == code]
    assert found, account.findings
    assert found[0].remedy
    assert not account.is_stored
    if code != "UNKNOWN_NAME":
        assert (found[0].place.sheet, found[0].place.line, found[0].place.file) == (
            sheet,
            row + 1,
            "ikan.xlsx",
        )


@pytest.mark.parametrize(("depth", "is_too_deep"), [(20, False), (21, True), (900, True)])
def test_groups_may_not_stand_inside_each_other_without_end(loaded, depth, is_too_deep):
    inside = [["begin group", f"g{number}", "Bagian"] for number in range(depth)]
    question = ["integer", "jumlah", "Berapa?"]
    survey = [["type", "name", "label"], *inside, question, *[["end group"]] * depth]
    account = services.import_form(
        OPERATOR,
        content=workbook({**FOREIGN, "survey": survey}),
        file_name="dalam.xlsx",
        reason="uji",
        clock=clock,
    )
    found = [one.place.line for one in account.findings if one.code == "GROUP_TOO_DEEP"]
    assert found == ([22] if is_too_deep else [])
    assert account.is_stored is not is_too_deep


@pytest.mark.parametrize(("sheet", "most"), [("survey", 2_000), ("choices", 20_000), ("settings", 20)])
def test_a_sheet_that_no_form_could_need_is_refused_whole(loaded, sheet, most):
    line = {
        "survey": ["note", "n", "Catatan"],
        "choices": ["a", "1", "Ya"],
        "settings": ["IKN_TAHUNAN", "Ikan"],
    }

    def found(count):
        rows = [FOREIGN[sheet][0], *([line[sheet]] * count)]
        read = xlsform.read(workbook({**FOREIGN, sheet: rows}), "panjang.xlsx", queries.dictionary(OPERATOR))
        return [one for one in read.findings if one.code == "FORM_TOO_LONG"]

    assert found(most) == []
    refused = found(most + 1)
    assert [(one.place.sheet, one.place.line) for one in refused] == [(sheet, most + 2)]
    assert refused[0].severity is Severity.ERROR


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 rusak", b"type,name\n"])
def test_a_file_that_is_no_workbook_is_refused(loaded, content):
    account = services.import_form(OPERATOR, content=content, file_name="a.xlsx", reason="uji", clock=clock)
    assert account.findings
    assert not account.is_stored


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("KEP_002 + KEP_003 = KEP_001", "(${KEP_002} + ${KEP_003}) = ${KEP_001}"),
        ("PEM_029 = true", "${PEM_029} = 'true'"),
        ("not PEM_029", "not(${PEM_029} = 'true')"),
        ("PEM_008 <> '3' and KEP_001 > 0.5", "(${PEM_008} != '3') and (${KEP_001} > 0.5)"),
        ("PEM_008 in ('1', '2')", "${PEM_008} = '1' or ${PEM_008} = '2'"),
        ("has(LIN_003, '4')", "selected(${LIN_003}, '4')"),
        ("is_empty(KEP_001)", "${KEP_001} = ''"),
        ("case when KEP_001 > 1 then 2 else 3 end", "if(${KEP_001} > 1, 2, 3)"),
        ("near(KEP_001, KEP_002, 0, 2)",
         "abs(${KEP_001} - ${KEP_002}) <= 0 or abs(${KEP_001} - ${KEP_002}) <= 2 div 100 * abs(${KEP_002})"),
    ],
)  # fmt: skip
def test_expressions_are_written_in_xpath(shipped, ours, theirs):
    names = {"KEP_001", "KEP_002", "KEP_003", "PEM_029", "PEM_008", "LIN_003"}
    kinds = {name: shipped.variables[name].type.kind for name in names}
    assert to_xpath(read_expression(ours, shipped.vocabulary).root, names, kinds) == theirs


@pytest.mark.parametrize(
    "text", ["previous(KEP_001) > 1", "count_rows(usulan, true) > 1", "param('maks_blt') > 1",
             "lookup('pagu_add', region_code()) > 1", "KEP_004 > 1"],
)  # fmt: skip
def test_what_a_device_cannot_know_has_no_counterpart(shipped, text):
    with pytest.raises(NoCounterpart):
        to_xpath(read_expression(text, shipped.vocabulary).root, {"KEP_001"}, {})


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (". > 0 and . <= 12", "A_1 > 0 and A_1 <= 12"),
        ("${B_1} != 'x' or not(${C_1} = 'true')", "B_1 <> 'x' or not (C_1 = true)"),
        ("${D_1__K__01} div 2 >= 1.5", "part(D_1, 'K', '01') / 2 >= 1.5"),
        ("${B_1} = '' or ${B_1} != ''", "is_empty(B_1) or not is_empty(B_1)"),
        ("true()", "true"),
    ],
)
def test_xpath_is_written_as_an_expression(theirs, ours):
    assert from_xpath(theirs, "A_1", {"C_1"}) == ours
