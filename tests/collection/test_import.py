"""Imports against the records: the same file twice, dry runs, older copies, the change log, real tables."""

import io
from datetime import date, timedelta

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction

from sidara import tables
from sidara.collection import models, queries, services, signals
from sidara.collection.core import Choice, DataSet, ValueType, Variable
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions import queries as regions
from tests.collection.conftest import NOW, imported

HEADER = "kode,idm,iks,ike,ikl,status\n"
ROWS = "6201022016,0.7421,0.7429,0.55,0.9333,MAJU\n6201022017,0.8744,0.84,0.7833,1,MANDIRI\n"

pytestmark = pytest.mark.django_db


def counts(account) -> tuple[int, ...]:
    return (account.created, account.updated, account.unchanged, account.conflicting, account.rejected)


def held() -> list[tuple]:
    return queries.cells(OPERATOR, "external:idm-2024").drop("region_id").rows()


def log(cursor: int = 0, limit: int = 1_000_000) -> pl.DataFrame:
    return pl.DataFrame(queries.changes_since(OPERATOR, cursor, limit=limit).rows)


@pytest.fixture
def announced():
    heard = []

    def hear(dataset, **_more):
        heard.append(dataset)

    signals.dataset_imported.connect(hear)
    yield heard
    signals.dataset_imported.disconnect(hear)


def test_the_same_file_twice_changes_nothing(register):
    assert counts(imported(HEADER + ROWS)) == (10, 0, 0, 0, 0)
    before = log()
    assert counts(imported(HEADER + ROWS)) == (0, 0, 10, 0, 0)
    assert log().equals(before)


def test_what_changed_is_logged_with_old_and_new(register):
    imported(HEADER + ROWS)
    account = imported(HEADER + ROWS.replace("0.7421", "0.75"), now=NOW + timedelta(days=1))
    assert counts(account) == (0, 1, 9, 0, 0)
    (row,) = log(10).rows(named=True)
    assert (row["sequence"], row["variable"], row["value"], row["revision"]) == (11, "IDM.IDM", "0.75", 2)
    assert (row["dataset"], row["measure"], row["breakdown"]) == ("external:idm-2024", "published", "_T")
    assert row["changed_at"] == NOW + timedelta(days=1)
    change = models.Change.objects.get(sequence=11)
    assert (change.old_value, change.value) == ("0.7421", "0.75")


def test_a_dry_run_gives_the_same_verdicts_and_writes_nothing(register):
    imported(HEADER + ROWS)
    changed = HEADER + ROWS.replace("0.7421", "0.75").replace("MANDIRI", "HEBAT") + "6201022018,0.5,,,,\n"
    before = (held(), log().height, models.ImportRun.objects.count())
    dry = imported(changed, dry_run=True)
    assert (held(), log().height, models.ImportRun.objects.count()) == before
    assert not dry.is_stored
    real = imported(changed)
    assert real.is_stored
    assert counts(dry) == counts(real)
    assert counts(real)[1] == 1
    assert dry.findings == real.findings


def test_all_or_nothing_writes_nothing_when_a_cell_is_at_fault(register):
    account = imported(HEADER + ROWS.replace("MANDIRI", "HEBAT"), all_or_nothing=True)
    assert counts(account) == (9, 0, 0, 0, 1)
    assert not account.is_stored
    assert [one.code for one in account.findings] == ["ALL_OR_NOTHING", "CHOICE_UNKNOWN"]
    assert queries.datasets(OPERATOR) == ()
    assert imported(HEADER + ROWS, all_or_nothing=True).is_stored


def test_a_file_of_which_nothing_can_be_stored_makes_no_data_set(register):
    account = imported(HEADER + "1101012001,0.7421,0.7429,0.55,0.9333,MAJU\n")
    assert counts(account) == (0, 0, 0, 0, 5)
    assert not account.is_stored
    assert queries.datasets(OPERATOR) == ()


def test_an_older_copy_does_not_overwrite_a_newer_one(register):
    imported(HEADER + ROWS)
    older = imported(
        HEADER + ROWS.replace("0.7421", "0.70"), retrieved_date=date(2026, 8, 20), licence="CC-BY"
    )
    assert counts(older) == (0, 0, 9, 1, 0)
    (finding,) = older.findings
    assert (finding.code, finding.place.line, finding.place.column, finding.value) == (
        "OLDER_COPY",
        2,
        "idm",
        "0.70",
    )
    assert "0.7421" in finding.message
    assert ("2024", "IDM.IDM", "_T", "nilai", "0.7421") in held()
    assert queries.dataset(OPERATOR, "external:idm-2024").licence == "tidak dinyatakan"
    assert counts(imported(HEADER + ROWS.replace("0.7421", "0.70"))) == (0, 1, 9, 0, 0)


BAD = {
    "an unknown table": ({"table": "idm"}, "TABLE_UNKNOWN"),
    "no licence": ({"licence": " "}, "PROVENANCE_MISSING"),
    "no scheme": ({"code_scheme": ""}, "PROVENANCE_MISSING"),
    "another scheme": ({"code_scheme": "bps:2023"}, "SCHEME_WRONG"),
    "a day to come": ({"retrieved_date": date(2026, 11, 25)}, "RETRIEVED_LATER"),
    "a malformed code": ({"dataset": "IDM 2024"}, "DATASET_CODE"),
    "a simulated set": ({"dataset": "simulated:idm"}, "DATASET_CODE"),
    "no format": ({"format": None}, "FORMAT_UNKNOWN"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_provenance_is_refused_and_nothing_changes(register, case):
    options, code = BAD[case]
    account = imported(HEADER + ROWS, **{"format": "csv", **options})
    assert account.is_refused
    assert account.sent == 0
    assert code in [one.code for one in account.findings]
    assert queries.datasets(OPERATOR) == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "FILE_EMPTY"),
        (HEADER, "NO_ROWS"),
        ("kode;angka\n1;2\n", "SEPARATOR"),
        ("kode,idm,iks,ike,ikl\n" + "6201022016,1,1,1,1\n", "COLUMN_MISSING"),
        (HEADER.replace("iks", "idm") + ROWS, "COLUMN_DUPLICATE"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_changes(register, content, code):
    account = imported(content)
    assert account.is_refused
    assert account.findings[0].code == code
    assert queries.datasets(OPERATOR) == ()


def test_a_missing_file_is_a_finding(register, tmp_path):
    account = imported(tmp_path / "tidak_ada.csv")
    assert account.findings[0].code == "FILE_UNREADABLE"
    assert account.findings[0].place.file == "tidak_ada.csv"


def test_a_ragged_row_and_a_repeated_header_are_rejected_with_all_their_cells(register):
    account = imported(HEADER + ROWS + "6201022018,0.5\n" + HEADER)
    assert counts(account) == (10, 0, 0, 0, 10)
    assert [(one.code, one.place.line) for one in account.findings] == [
        ("ROW_WIDTH", 4),
        ("HEADER_REPEATED", 5),
    ]


def test_only_the_rows_of_one_area_are_sent_when_asked(register):
    foreign = "6202012002,0.5,0.5,0.5,0.5,BERKEMBANG\n"
    file = HEADER + ROWS + foreign + "rusak,0.5,0.5,0.5,0.5,BERKEMBANG\n"
    account = imported(file, under="62.01")
    assert [(one.code, one.place.line) for one in account.findings] == [
        ("CODE_MALFORMED", 5),
        ("ROWS_OUTSIDE", None),
    ]
    assert account.rejected == 5
    assert account.sent == imported(HEADER + ROWS, under="62.01").sent + 5
    refused = imported(file, under="99")
    assert refused.is_refused
    assert [one.code for one in refused.findings] == ["REGION_UNKNOWN"]


def test_another_table_cannot_enter_an_existing_data_set(register):
    imported(HEADER + ROWS)
    account = imported("kode,tahun,iks,ike,ikl,idm,status\n", table="idm-indices")
    assert [one.code for one in account.findings] == ["DATASET_OTHER_TABLE"]


def test_every_format_enters_the_same(register):
    frame = pl.read_csv(io.StringIO(HEADER + ROWS), infer_schema=False)
    imported(HEADER + ROWS)
    for kind in ("xlsx", "parquet", "json"):
        content = io.BytesIO()
        tables.write(frame, content, format=kind)
        content.seek(0)
        assert counts(imported(content, format=kind)) == (0, 0, 10, 0, 0)


def test_an_earlier_code_finds_its_region(register):
    from sidara.regions import services as registering

    region = regions.resolve(OPERATOR, "62.01.02.2016")
    registering.assign_codes(
        OPERATOR, scheme="kemendagri", codes={region.id: "62.01.02.2999"}, valid_from=date(2025, 1, 1),
        clock=lambda: NOW,
    )  # fmt: skip
    assert counts(imported(HEADER + ROWS)) == (10, 0, 0, 0, 0)
    assert queries.cells(OPERATOR, "external:idm-2024", under="62.01.02.2999").height == 5


# --- the log


def test_the_log_is_given_in_pieces_and_stays_the_same(register):
    imported(HEADER + ROWS)
    whole = queries.changes_since(OPERATOR, 0, limit=100)
    pieces, cursor = [], 0
    while True:
        piece = queries.changes_since(OPERATOR, cursor, limit=3)
        assert piece.epoch == whole.epoch
        if not piece.rows.num_rows:
            break
        pieces.append(pl.DataFrame(piece.rows))
        cursor = piece.cursor
    assert pl.concat(pieces).equals(pl.DataFrame(whole.rows))
    assert cursor == whole.cursor == queries.head(OPERATOR) == 10
    assert queries.changes_since(OPERATOR, 10, limit=3).cursor == 10


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE collection_change SET value = '1'",
        "DELETE FROM collection_change",
        "DELETE FROM collection_cell",
        "UPDATE collection_cell SET period = '2023'",
        "UPDATE collection_importrun SET created = 0",
        "DELETE FROM collection_importrun",
    ],
)
def test_the_records_refuse_to_forget(register, statement):
    imported(HEADER + ROWS)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_interruption_leaves_nothing_half_done(register):
    imported(HEADER + ROWS)
    before = (held(), log().height)

    def stop(step, done, total):
        if step == "write" and 0 < done < total:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        imported(HEADER + ROWS.replace("0.7421", "0.75") + "6201022018,0.5,0.5,0.5,0.5,\n", progress=stop)
    assert (held(), log().height) == before
    assert counts(imported(HEADER + ROWS)) == (0, 0, 10, 0, 0)


def test_who_may(register):
    with pytest.raises(NotAllowed):
        services.import_table(PUBLIC, source=io.BytesIO(), **{**_provenance(), "format": "csv"})
    with pytest.raises(NotAllowed):
        queries.changes_since(PUBLIC, 0, limit=1)
    assert queries.datasets(PUBLIC) == ()


def _provenance() -> dict:
    from tests.collection.conftest import PROVENANCE

    return PROVENANCE


# --- what programs put


SIMULATED = DataSet(
    code="simulated:idm",
    title="Contoh",
    source="Simulasi SIDARA",
    url="",
    licence="CC0-1.0",
    retrieved_date=date(2026, 11, 24),
    code_scheme="kemendagri",
    is_simulated=True,
    measure="actual",
    definition="contoh",
)
VARIABLES = [
    Variable("IDM.S01", "Skor", "skor", 0, ValueType.NUMBER),
    Variable("IDM.STATUS", "Status", "", 0, ValueType.CHOICE, (Choice("MAJU", "Maju"),)),
]


def test_a_program_puts_cells_and_they_are_simulated(register, announced, django_capture_on_commit_callbacks):
    region = regions.resolve(OPERATOR, "62.01.02.2016").id
    cells = pl.DataFrame(
        {
            "region_id": [region, region],
            "period": ["2024", "2024"],
            "variable": ["IDM.S01", "IDM.STATUS"],
            "value": ["5", "MAJU"],
        }
    )
    with django_capture_on_commit_callbacks(execute=True):
        account = services.put_cells(OPERATOR, dataset=SIMULATED, variables=VARIABLES, cells=cells, now=NOW)
    assert counts(account) == (2, 0, 0, 0, 0)
    assert announced == ["simulated:idm"]
    assert queries.dataset(OPERATOR, "simulated:idm") == SIMULATED
    assert queries.variables(OPERATOR, "simulated:idm") == tuple(VARIABLES)
    assert log().select("measure", "definition", "value").rows() == [
        ("actual", "contoh", "5"),
        ("actual", "contoh", "MAJU"),
    ]


def test_a_choice_may_have_a_code_in_small_letters(register):
    region = regions.resolve(OPERATOR, "62.01.02.2016").id
    small = Variable(
        "IDM.ada", "Ada", "", 0, ValueType.CHOICE, (Choice("true", "Ya"), Choice("false", "Tidak"))
    )
    cells = pl.DataFrame(
        {"region_id": [region], "period": ["2024"], "variable": ["IDM.ada"], "value": ["true"]}
    )
    account = services.put_cells(OPERATOR, dataset=SIMULATED, variables=[small], cells=cells, now=NOW)
    assert counts(account) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("change", [{"is_simulated": False}, {"code": "external:idm"}, {"licence": ""}])
def test_a_program_cannot_hide_that_a_set_is_simulated(register, change):
    from dataclasses import replace

    cells = pl.DataFrame({"region_id": [1], "period": ["2024"], "variable": ["IDM.S01"], "value": ["1"]})
    with pytest.raises(ValueError, match="data set"):
        services.put_cells(
            OPERATOR, dataset=replace(SIMULATED, **change), variables=VARIABLES, cells=cells, now=NOW
        )


# --- the real tables


def test_the_real_tables_of_kalimantan_tengah(register, shared):
    folder = shared / "data" / "idm"
    assert counts(imported(folder / "idm_2024_kalimantan_tengah.csv")) == (8460, 0, 0, 0, 0)
    assert counts(imported(folder / "idm_2024_nasional.csv")) == (0, 0, 8460, 0, 434_626)
    status = queries.cells(OPERATOR, "external:idm-2024", variables=["IDM.STATUS"])
    assert dict(status["value"].value_counts().iter_rows()) == {
        "MANDIRI": 239,
        "MAJU": 433,
        "BERKEMBANG": 652,
        "TERTINGGAL": 86,
    }

    items = imported(folder / "idm_rumusan_2021_2024.csv", table="idm-items", dataset="external:idm-items")
    assert items.created == 4846
    found = queries.cells(OPERATOR, "external:idm-items", variables=["IDM.IKS"], periods=["2021"])
    assert found.height == 22
    assert all(len(value) <= 16 and float(value) <= 1 for value in found["value"])
    assert any(len(value) == 16 for value in found["value"]), "the published digits are kept"

    imported(folder / "rekap_idm_2024_provinsi.csv", table="idm-recap", dataset="external:idm-2024-recap")
    recap = queries.cells(OPERATOR, "external:idm-2024-recap", under="62")
    assert dict(recap.select("breakdown", "value").iter_rows()) == {
        "IDM_STATUS:MANDIRI": "248",
        "IDM_STATUS:MAJU": "439",
        "IDM_STATUS:BERKEMBANG": "659",
        "IDM_STATUS:TERTINGGAL": "86",
        "IDM_STATUS:SANGAT_TERTINGGAL": "0",
        "IDM_STATUS:TIDAK_KELUAR_STATUS": "0",
        "_T": "1432",
    }


@pytest.mark.parametrize(
    ("file", "table", "rows", "sent"),
    [
        ("idm_kab_serang_2021_2024", "idm-indices", 652, 3260),
        ("indeks_desa_2025_lampung_timur", "indeks-desa-dimensions", 132, 1056),
    ],
)
def test_the_other_real_tables_are_read_whole(register, shared, file, table, rows, sent):
    """Their provinces are not loaded here: one finding says so, and nothing else is wrong with them."""
    account = imported(shared / "data" / "idm" / f"{file}.csv", table=table, dataset="external:lain")
    assert counts(account) == (0, 0, 0, 0, sent)
    (finding,) = account.findings
    assert f"{rows} baris" in finding.message


def test_the_recap_names_every_province(register, shared):
    account = imported(
        shared / "data" / "idm" / "rekap_idm_2024_provinsi.csv", table="idm-recap", dataset="external:rekap"
    )
    assert account.sent == 37 * 7
    assert {one.code for one in account.findings} == {"ROWS_SKIPPED", "REGION_UNKNOWN"}
    assert len({one.value for one in account.findings}) == 37
