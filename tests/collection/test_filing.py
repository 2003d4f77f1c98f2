"""Importing files of cells: accounting, verdicts, places, what is refused, and that nothing is half done."""

import io
from datetime import timedelta
from uuid import UUID

import polars as pl
import pytest

from sidara.collection import models, queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.bulk import CELL, GivenCell, Incoming
from sidara.collection.core.dataset import COLLECTION
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.formats import cells_table
from sidara.collection.services import filing
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor, Area, Grant, NotAllowed
from sidara.kernel.finding import CellPlace, Place, Severity
from tests.collection.conftest import NOW
from tests.collection.test_judging import VILLAGE, judged, save

OTHER = "62.01.02.2017"
ROW, SECOND = (str(UUID(int=n)) for n in (1, 2))
pytestmark = pytest.mark.usefixtures("register")


def read(text, format="csv"):  # noqa: A002
    content = text if isinstance(text, bytes) else text.encode()
    return cells_table.read(io.BytesIO(content), format=format)


HEADER = ",".join(CELL)


def lines(*rows, header=HEADER):
    return header + "\n" + "\n".join(rows) + "\n"


def imported(text, *, actor=OPERATOR, minute=0, format="csv", **more):  # noqa: A002
    return services.import_cells(
        actor, incoming=read(text, format), now=NOW + timedelta(minutes=minute), **more
    )


def contents(form="KEP_SEMESTER", region=VILLAGE, period="2026-S1"):
    found = queries.filled(OPERATOR, SubmissionKey(form, region, period))
    return {} if found is None else {key: held.content.value for key, held in found.state.cells.items()}


def counts(account):
    names = ("created", "updated", "unchanged", "conflicting", "rejected")
    return tuple(getattr(account, name) for name in names)


PEOPLE = [
    f"KEP_SEMESTER,{region},2026-S1,,{code},,,{value},"
    for region in (VILLAGE, OTHER)
    for code, value in (("KEP_001", 100), ("KEP_002", 60), ("KEP_003", 40), ("KEP_004", 30))
]


def test_a_file_of_two_villages_is_stored_once_and_then_unchanged() -> None:
    first = imported(lines(*PEOPLE))
    assert (counts(first.account), first.account.is_stored) == ((8, 0, 0, 0, 0), True)
    assert not first.account.findings
    assert contents(region=OTHER)[Key("", "KEP_003", "_T")] == "40"
    again = imported(lines(*PEOPLE), minute=1)
    assert (counts(again.account), again.account.is_stored) == ((0, 0, 8, 0, 0), False)
    assert models.Revision.objects.count() == 2
    assert not list(queries.audit(OPERATOR))


def test_what_is_stored_is_what_one_save_stores_with_the_same_hash() -> None:
    said = '"Belum ""didata"" é"'
    imported(lines(*PEOPLE[:4], f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_008,,tidak_tahu,,{said}"))
    one = queries.filled(OPERATOR, SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1"))
    key = SubmissionKey("KEP_SEMESTER", OTHER, "2026-S1")
    save(
        key,
        *(("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30")),
        Given("KEP_008", state="tidak tahu", explanation='Belum "didata" é'),
    )
    other = queries.filled(OPERATOR, key)
    assert one is not None
    assert other is not None
    assert one.content_hash == other.content_hash
    assert not list(queries.audit(OPERATOR))


def test_a_file_is_judged_again_where_a_submission_changed_before_it_was_written() -> None:
    imported(lines(*PEOPLE))
    incoming = read(lines(f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_001,,,101,"))
    before = filing._judged(OPERATOR, incoming, COLLECTION, NOW)
    assert before.work.moment() == before.moment
    save(SubmissionKey("KEP_SEMESTER", OTHER, "2026-S1"), ("KEP_001", "7"))
    assert before.work.moment() == before.moment, "another village is no matter of the file"
    save(SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1"), ("KEP_001", "101"))
    assert before.work.moment() != before.moment
    assert counts(imported(lines(f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_001,,,101,"), minute=1).account) == (
        *(0, 0, 1, 0, 0),
    )


def test_an_option_goes_before_the_word_of_a_state_unless_the_column_state_says_so() -> None:
    def one(state, value, said):
        return f"PEM_INDEKS_TAHUNAN,{VILLAGE},2026,,PEM_045,,{state},{value},{said}"

    key = SubmissionKey("PEM_INDEKS_TAHUNAN", VILLAGE, "2026")
    wanted = [
        (("", "tidak_ada", ""), ("nilai", "tidak_ada")),
        (("", "tidak_ada", "é"), ("nilai", "tidak_ada")),
        (("", "tidak ada", ""), ("tidak_ada", None)),
        (("tidak_ada", "", ""), ("tidak_ada", None)),
        (("", "hapus", ""), ("belum_diisi", None)),
    ]
    for minute, (given, (state, value)) in enumerate(wanted):
        assert not imported(lines(one(*given)), minute=minute).account.rejected
        found = queries.filled(OPERATOR, key)
        assert found is not None
        content = found.state.cells[Key("", "PEM_045", "_T")].content
        assert (content.state.value, content.value) == (state, value), given


def test_what_cannot_be_stored_is_said_with_its_place_and_the_rest_is_stored() -> None:
    done = imported(
        lines(
            *PEOPLE[:4],
            f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_006,,,empat,",
            f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP-007,,,4,",
            f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_007,JK:L,,4,",
            f"KEP_SEMESTER,{VILLAGE},2026,,KEP_007,,,4,",
            "KEP_SEMESTER,62.01.02.9999,2026-S1,,KEP_007,,,4,",
            f"TIDAK_ADA,{VILLAGE},2026-S1,,KEP_007,,,4,",
            f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_008,,,,",
        )
    )
    account = done.account
    assert (account.sent, account.created, account.rejected) == (10, 4, 6)
    found = {one.code: one for one in account.findings}
    assert set(found) == {
        *("VALUE_TYPE", "CELL_UNKNOWN", "BREAKDOWN_UNKNOWN", "PERIOD_FORM", "REGION_UNKNOWN", "FORM_UNKNOWN"),
    }
    wrong = found["VALUE_TYPE"]
    assert (wrong.place.line, wrong.place.column, wrong.value) == (6, "value", "empat")
    assert isinstance(wrong.place, CellPlace)
    assert (wrong.place.region, wrong.place.variable) == (VILLAGE, "KEP_006")
    assert [found[code].place.line for code in ("PERIOD_FORM", "REGION_UNKNOWN", "FORM_UNKNOWN")] == [
        9,
        10,
        11,
    ]
    assert all(one.remedy for one in account.findings)
    assert len(contents()) == 4


@pytest.mark.parametrize(
    ("cell", "code", "column", "value"),
    [
        (",KEP_007,,entah,4,", "STATE_UNKNOWN", "state", "entah"),
        (",KEP_007,,tidak ada,4,", "VALUE_AND_STATE", "state", "4"),
        (",KEP_999,,,4,", "CELL_UNKNOWN", "variable", "4"),
        (",KEP_007,JK:L,,4,", "BREAKDOWN_UNKNOWN", "breakdown", "4"),
        (f"{ROW},KEP_007,,,4,", "ROW_UNKNOWN", "row", "4"),
        (",KEP_007,,,empat,", "VALUE_TYPE", "value", "empat"),
    ],
)
def test_a_fault_names_the_column_in_which_it_lies(cell, code, column, value) -> None:
    (found,) = imported(lines(f"KEP_SEMESTER,{VILLAGE},2026-S1,{cell}")).account.findings
    assert (found.code, found.place.line, found.place.column, found.value) == (code, 2, column, value)


def test_a_form_in_small_letters_is_told_how_it_is_written() -> None:
    (found,) = imported(lines(f"kep_semester,{VILLAGE},2026-S1,,KEP_007,,,4,")).account.findings
    assert (found.code, found.remedy) == ("FORM_UNKNOWN", "Mungkin yang dimaksud: KEP_SEMESTER.")
    (other,) = imported(lines(f"XXX,{VILLAGE},2026-S1,,KEP_007,,,4,"), minute=1).account.findings
    assert "sidara form list" in other.remedy


def test_a_value_that_breaks_a_rule_is_stored_with_its_finding_at_the_line() -> None:
    done = imported(lines(*(row.replace(",40,", ",41,") for row in PEOPLE)))
    assert done.account.is_stored
    assert done.account.is_clean
    found = [one for one in done.account.findings if one.severity is Severity.ERROR]
    assert [(one.code, one.place.line, one.value) for one in found] == [
        ("KEP_001_a", 2, "100"),
        ("KEP_001_a", 6, "100"),
    ]


def test_rules_read_what_is_stored_and_what_the_file_brings_together() -> None:
    save(SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1"), ("KEP_008", "20"))
    rows = [
        f"PEM_SEMESTER,{VILLAGE},2026-S1,{ROW},APR_001,,,KADUS,",
        f"PEM_SEMESTER,{VILLAGE},2026-S1,{ROW},APR_002,,,TERISI,",
        f"PEM_TRIWULAN,{VILLAGE},2026-Q3,,PEM_019,,,3,",
        f"KEU_TRIWULAN,{VILLAGE},2026-Q3,,KEU_026,,,21,",
    ]
    done = imported(lines(*rows))
    told = {one.code: one.place.line for one in done.account.findings if one.severity is Severity.ERROR}
    assert told == {"PEM_019_a": 4, "KEU_026_a": 5}


def test_a_row_of_a_list_is_judged_and_told_at_its_line() -> None:
    rows = [
        f"PEM_TRIWULAN,{VILLAGE},2026-Q1,{row},MSY_00{n},,,{value},"
        for row, value in ((ROW, 5), (SECOND, 0))
        for n in (4, 5)
    ]
    done = imported(lines(*rows))
    assert [(one.code, one.place.line) for one in done.account.findings] == [("MSY_004_a", 4)]
    assert Key(SECOND, "MSY_004", "_T") in contents("PEM_TRIWULAN", period="2026-Q1")


def test_a_dry_run_says_the_same_and_all_or_nothing_stores_nothing() -> None:
    text = lines(*PEOPLE, f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_006,,,empat,")
    dry = imported(text, is_dry=True)
    strict = imported(text, all_or_nothing=True)
    assert models.Submission.objects.count() == models.Cell.objects.count() == 0
    real = imported(text)
    assert dry.account.findings == strict.account.findings == real.account.findings
    assert counts(dry.account) == counts(strict.account) == counts(real.account) == (8, 0, 0, 0, 1)
    assert [one.account.is_stored for one in (dry, strict, real)] == [False, False, True]


def test_a_cell_twice_with_two_contents_is_rejected_with_the_same_one_it_counts_each() -> None:
    done = imported(
        lines(
            PEOPLE[0],
            PEOPLE[0].replace(",100,", ",101,"),
            PEOPLE[1],
            PEOPLE[1],
        )
    )
    assert counts(done.account) == (2, 0, 0, 0, 2)
    assert [one.code for one in done.account.findings if one.severity is Severity.ERROR][:2] == [
        "CELL_TWICE"
    ] * 2
    assert len(contents()) == 1


def given_cells(*cells, base=None, version=None):
    key = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
    made = [GivenCell(key, Given(code, value, place=Place(line=at)), base, version) for at, (code, value) in
            enumerate(cells, 2)]  # fmt: skip
    return services.import_cells(OPERATOR, incoming=Incoming.of(made, Source.EXCEL), now=NOW)


def test_a_file_made_on_an_older_revision_conflicts_and_both_contents_are_kept() -> None:
    imported(lines(*PEOPLE[:4]))
    imported(lines(PEOPLE[0].replace(",100,", ",120,")), minute=1)
    done = given_cells(("KEP_001", "110"), ("KEP_004", "31"), base=1)
    assert counts(done.account) == (0, 1, 0, 1, 0)
    (said,) = (one for one in done.account.findings if one.code == "CELL_CONFLICT")
    assert (said.place.line, said.value) == (2, "110")
    held = queries.filled(OPERATOR, SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1"))
    assert held is not None
    (conflict,) = held.state.conflicts.values()
    assert (contents()[Key("", "KEP_001", "_T")], conflict.sent[0].value) == ("120", "110")
    again = imported(lines(PEOPLE[0].replace(",100,", ",130,")), minute=2)
    assert counts(again.account) == (0, 0, 0, 1, 0), "a file without a base decides no conflict"
    chosen = given_cells(("KEP_001", "110"), base=4)
    assert counts(chosen.account) == (0, 1, 0, 0, 0)
    assert not list(queries.audit(OPERATOR))


def test_a_file_for_another_version_of_the_form_is_refused_cell_by_cell() -> None:
    done = given_cells(("KEP_001", "110"), ("KEP_002", "1"), version=99)
    assert counts(done.account) == (0, 0, 0, 0, 2)
    (said,) = done.account.findings
    assert (said.code, said.value) == ("VERSION_STALE", "v99")
    assert "v1" in said.message


def test_another_village_is_refused_and_the_own_one_stored() -> None:
    area = Area((VILLAGE,))
    operator = Actor(
        UUID(int=5),
        "Operator",
        "operator desa",
        frozenset({"regions.read", "dictionary.read"}),
        (Grant("g", "operator-desa", frozenset({"collection.fill", "collection.read"}), area),),
    )
    done = imported(lines(*PEOPLE), actor=operator)
    assert counts(done.account) == (4, 0, 0, 0, 4)
    (said,) = (one for one in done.account.findings if one.code == "REGION_NOT_ALLOWED")
    assert said.value == OTHER
    assert not contents(region=OTHER)
    with pytest.raises(NotAllowed):
        imported(lines(*PEOPLE), actor=PUBLIC)


BAD_VALUES = {
    "1e308": "VALUE_TYPE",
    "NaN": "VALUE_TYPE",
    "Infinity": "VALUE_TYPE",
    "１２": "VALUE_TYPE",
    "12,5": "VALUE_TYPE",
    "1.000.000": "VALUE_TYPE",
    "0x10": "VALUE_TYPE",
    "9" * 40: "VALUE_TYPE",
    "12\x07": "TEXT_CONTROL",
    "12\ufffe": "TEXT_CONTROL",
    "=1+1": "VALUE_TYPE",
}


@pytest.mark.parametrize(("value", "code"), BAD_VALUES.items())
def test_a_value_that_is_none_is_rejected_with_a_remedy(value, code) -> None:
    made = [GivenCell(SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1"), Given("KEP_001", value))]
    done = services.import_cells(OPERATOR, incoming=Incoming.of(made, Source.CSV), now=NOW)
    (said,) = done.account.findings
    assert (said.code, counts(done.account)) == (code, (0, 0, 0, 0, 1))
    assert said.remedy
    assert not contents()


GOOD = lines(*PEOPLE[:4])
PARQUET = io.BytesIO()
pl.read_csv(io.BytesIO(GOOD.encode()), infer_schema=False).write_parquet(PARQUET)
BAD_FILES = {
    "utf-16": (GOOD.encode("utf-16"), "csv", "ENCODING_UTF16"),
    "latin-1": (GOOD.replace(",100,", ",é,").encode("latin-1"), "csv", "ENCODING_NOT_UTF8"),
    "empty": (b"", "csv", "FILE_EMPTY"),
    "no columns": (b"a,b\n1,2\n", "csv", "COLUMN_MISSING"),
    "truncated": (PARQUET.getvalue()[:-40], "parquet", "PARQUET_BROKEN"),
    "a workbook": (b"PK\x03\x04 something", "csv", "FORMAT_MISMATCH"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_none_is_refused_whole(name) -> None:
    content, kind, code = BAD_FILES[name]
    done = imported(content, format=kind)
    assert done.account.is_refused
    assert code in {one.code for one in done.account.findings}
    assert (done.account.sent, models.Submission.objects.count()) == (0, 0)


def test_parquet_gives_what_csv_gives() -> None:
    made = imported(PARQUET.getvalue(), format="parquet")
    assert counts(made.account) == (4, 0, 0, 0, 0)
    assert counts(imported(GOOD, minute=1).account) == (0, 0, 4, 0, 0)


def test_a_column_that_nobody_knows_is_told() -> None:
    done = imported(lines(*(f"{row},x" for row in PEOPLE[:4]), header=",".join([*CELL, "catatan"])))
    assert done.account.created == 4
    assert [one.code for one in done.account.findings] == ["COLUMN_UNKNOWN"]


@pytest.mark.parametrize(
    ("text", "what"), [("NIK 6201011234560001 warga", "NIK"), ("hubungi 0812-3456-7890", "nomor telepon")]
)
def test_a_remark_that_looks_personal_is_stored_and_warned_about(text, what) -> None:
    row = PEOPLE[0].removesuffix(",") + f",{text}"
    done = imported(lines(row, *PEOPLE[1:4]))
    (said,) = (one for one in done.account.findings if one.code == "TEXT_PERSONAL")
    assert (said.severity, said.place.line) == (Severity.WARNING, 2)
    assert what in said.message
    assert "6201011234560001" not in said.message
    assert done.account.created == 4


def test_the_findings_of_a_file_are_those_of_the_verdict_of_each_submission() -> None:
    rows = [row.replace(",60,", ",61,").replace(",30,", ",300,") for row in PEOPLE]
    rows += [f"KEU_TRIWULAN,{VILLAGE},2026-Q1,,KEU_0{n:02},ANGGARAN:{a},,{n * 5},"
             for n in range(1, 17) for a in "AR"]  # fmt: skip
    done = imported(lines(*rows))
    told = {(one.code, one.place.region, one.place.variable, one.message) for one in done.account.findings}
    sent = {(VILLAGE, code) for code in {row.split(",")[4] for row in rows}} | {
        (OTHER, row.split(",")[4]) for row in PEOPLE
    }
    expected = set()
    for form, region, period in (
        ("KEP_SEMESTER", VILLAGE, "2026-S1"),
        ("KEP_SEMESTER", OTHER, "2026-S1"),
        ("KEU_TRIWULAN", VILLAGE, "2026-Q1"),
    ):
        for one in judged(SubmissionKey(form, region, period)).told:
            if any((region, cell.variable) in sent for cell in one.finding.cells):
                place = one.finding.place
                expected.add((one.finding.code, place.region, place.variable, one.finding.message))
    assert told == {one for one in expected if one[0] != "REQUIRED_EMPTY"}
    assert len(told) > 5


def test_the_total_of_parts_that_add_up_is_their_sum_where_it_was_not_given() -> None:
    key = SubmissionKey("DIK_TAHUNAN", VILLAGE, "2026")
    asking = queries.asking_of(OPERATOR, key)[0]
    code, parts = next(
        (code, parts[:-1])
        for code, parts in asking.breakdowns.items()
        if len(parts) > 1 and parts[-1] == "_T" and asking.variables[code].is_number
    )
    done = imported(lines(*(f"DIK_TAHUNAN,{VILLAGE},2026,,{code},{part},,2," for part in parts)))
    assert done.account.is_clean
    made = judged(key)
    assert made.derived[Key("", code, "_T")] == str(2 * len(parts))
    assert "REQUIRED_EMPTY" not in {one.finding.code for one in made.at(Key("", code, "_T"))}


def lock(*, is_locked=True, opened=()):
    key = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
    more = {"right": "collection.fill", "sector": "", "reference": "test", "now": NOW}
    return services.lock_submission(OPERATOR, key=key, is_locked=is_locked, opened=opened, **more)


def test_a_locked_submission_takes_no_cell_of_a_file_and_the_other_village_does() -> None:
    imported(lines(PEOPLE[0], PEOPLE[1]))
    before = contents()
    assert lock()
    dry = imported(lines(*PEOPLE).replace(",60,", ",61,"), minute=1, is_dry=True)
    done = imported(lines(*PEOPLE).replace(",60,", ",61,"), minute=1)
    assert counts(dry.account) == counts(done.account) == (4, 0, 1, 0, 3)
    told = [(one.place.line, one.value) for one in done.account.findings if one.code == "CELL_LOCKED"]
    assert told == [(3, "61"), (4, "40"), (5, "30")], (
        "the changed cell and the new ones; the same is no change"
    )
    assert contents() == before
    assert len(contents(region=OTHER)) >= 4
    assert lock(opened=[Key("", "KEP_002", "_T")])
    again = imported(lines(*PEOPLE).replace(",60,", ",61,"), minute=2)
    assert counts(again.account) == (0, 1, 5, 0, 2)
    assert contents()[Key("", "KEP_002", "_T")] == "61"
    assert not list(queries.audit(OPERATOR))
