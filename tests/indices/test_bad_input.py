"""Bad input of every kind through the command: a clear fault each, and nothing changed.

A file that is refused leaves exit code 1 and an existing output as it was; a bad row leaves exit code 2,
is named with line, column, value and remedy, and the good rows are computed.
"""

import io
import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sidara import tables
from tests.indices import official

BEFORE = b"isi lama yang tidak boleh berubah"


@pytest.fixture
def home(db):
    """Commands run in this process; that the program itself does the same: `test_official_command`."""


def row(**changes) -> dict:
    scores = {f"S{number:02d}": 5 for number in range(1, 36)}
    scores |= {f"E{number:02d}": 5 for number in range(1, 13)} | {
        f"L{number:02d}": 5 for number in range(1, 4)
    }
    return {"kode": "6201022016", "tahun": 2024} | scores | changes


GOOD = (row(), row(kode="62.11.02.2003"))


def csv_of(*rows: dict, delimiter: str = ",") -> str:
    lines = [list(rows[0]), *([one[name] for name in rows[0]] for one in rows)]
    return (
        "\n".join(delimiter.join("" if part is None else str(part) for part in line) for line in lines) + "\n"
    )


def sheet_of(*rows: dict, change=None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(rows[0]))
    for one in rows:
        sheet.append(list(one.values()))
    if change is not None:
        change(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def second_sheet(book, sheet):
    book.create_sheet("Lagi").append(["kode", "tahun"])
    for one in sheet.iter_rows(values_only=True):
        book["Lagi"].append(one)


def merged(_, sheet):
    sheet.merge_cells("A2:A3")


def formula_without_value(rows) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for at, line in enumerate([list(rows[0]), *(list(one.values()) for one in rows)]):
        sheet.write_row(at, 0, line)
    sheet.write_formula(1, 2, "=2+3", None, "#DIV/0!")
    book.close()
    return content.getvalue()


@dataclass(frozen=True)
class Bad:
    """What is handed in, and what must be said. `line` and `column` where a single place is at fault."""

    name: str
    content: bytes
    exit_code: int
    code: str
    suffix: str = "csv"
    line: int | None = None
    column: str | None = None
    value: str | None = None
    words: str = ""
    computed: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        return self.name


def refused(name, content, code, *, suffix="csv", words="", **place) -> Bad:
    data = content.encode() if isinstance(content, str) else content
    return Bad(name, data, 1, code, suffix=suffix, words=words, **place)


def rejected(name, bad: dict, code, column, value, *, words="", line=3) -> Bad:
    """A good row, the bad one, a good one."""
    data = csv_of(*(dict.fromkeys(bad) | one for one in (GOOD[0], bad, GOOD[1]))).encode()
    return Bad(
        name, data, 2, code, line=line, column=column, value=value, words=words, computed=2, rejected=1
    )


def other(**changes) -> dict:
    return row(kode="6201022017", **changes)


WITHOUT_E12 = [{name: value for name, value in one.items() if name != "E12"} for one in GOOD]
TEXT = csv_of(*GOOD)
WIDE = ",".join(["kode", "tahun", *(f"k{number}" for number in range(1_000_000))]) + "\n1,2\n"

CASES = [
    refused("berkas kosong", "", "FILE_EMPTY", words="kosong"),
    refused("hanya judul", TEXT.splitlines()[0] + "\n", "NO_ROWS", words="baris"),
    refused("pemisah salah", TEXT.replace(",", "#"), "COLUMN_MISSING", words="kode"),
    refused("UTF-16", TEXT.encode("utf-16"), "ENCODING", words="UTF-8"),
    refused("judul dua nama sama", TEXT.replace("S02", "S01", 1), "COLUMN_DUPLICATE", column="S01", line=1),
    refused("kolom hilang", csv_of(*WITHOUT_E12), "COLUMN_MISSING", column="E12", line=1, words="E12"),
    refused("sejuta kolom", WIDE, "TOO_MANY_COLUMNS", words="kolom"),
    refused("dua lembar", sheet_of(*GOOD, change=second_sheet), "SHEETS", suffix="xlsx", words="lembar"),
    refused("bukan lembar kerja", TEXT, "XLSX_BROKEN", suffix="xlsx"),
    Bad(
        "judul terulang di tengah",
        csv_of(GOOD[0], dict.fromkeys(GOOD[0]) | {name: name for name in GOOD[0]}, GOOD[1]).encode(),
        2,
        "HEADER_REPEATED",
        line=3,
        words="judul",
        computed=2,
        rejected=1,
    ),
    refused("sel digabung", sheet_of(*GOOD, change=merged), "MERGED", suffix="xlsx", words="gabung"),
    Bad(
        "rumus yang gagal",
        formula_without_value(GOOD),
        2,
        "FORMULA",
        suffix="xlsx",
        line=2,
        words="rumus",
        computed=1,
        rejected=1,
    ),
    rejected("teks", other(S05="lima"), "VALUE_NOT_NUMBER", "S05", "lima", words="angka"),
    rejected("desimal berkoma", other(S05='"4,0"'), "VALUE_NOT_NUMBER", "S05", "4,0", words="titik"),
    rejected("NaN", other(E01="NaN"), "VALUE_NOT_NUMBER", "E01", "NaN", words="kosongkan"),
    rejected("1e308", other(S01="1e308"), "SCORE_IMPOSSIBLE", "S01", "1e308", words="1, 2, 3, 4, 5"),
    rejected("negatif", other(S01=-1), "SCORE_IMPOSSIBLE", "S01", "-1", words="1, 2, 3, 4, 5"),
    rejected("4.5", other(L03=4.5), "SCORE_IMPOSSIBLE", "L03", "4.5", words="0, 3, 4, 5"),
    rejected("9", other(L03=9), "SCORE_IMPOSSIBLE", "L03", "9", words="0, 3, 4, 5"),
    rejected("skor yang tidak dimiliki butir", other(S02=3), "SCORE_IMPOSSIBLE", "S02", "3", words="0, 5"),
    rejected("skor aturan lama", other(S27=4), "SCORE_IMPOSSIBLE", "S27", "4", words="3, 5"),
    rejected("s31_terhitung", other(s31_terhitung=2), "SCORE_IMPOSSIBLE", "s31_terhitung", "2", words="1, 5"),
    rejected("kunci ganda", row(S01=1), "KEY_DUPLICATE", "kode", "6201022016", words="baris 2"),
    rejected("kunci ganda bertitik", row(kode="62.01.02.2016"), "KEY_DUPLICATE", "kode", "62.01.02.2016"),
    rejected("kode kosong", other() | {"kode": None}, "CODE_MISSING", "kode", None),
    rejected("kode pendek", other() | {"kode": "620102201"}, "CODE_MALFORMED", "kode", "620102201"),
    rejected("kode berhuruf", other() | {"kode": "62O1022016"}, "CODE_MALFORMED", "kode", "62O1022016"),
    rejected("kode berangka Arab", other() | {"kode": "62٠1022016"}, "CODE_MALFORMED", "kode", "62٠1022016"),
    rejected(
        "kode berangka lebar",
        other() | {"kode": "62.01.02.20１6"},
        "CODE_MALFORMED",
        "kode",
        "62.01.02.20１6",
    ),
    rejected("skor berangka Arab", other(S05="٥"), "VALUE_NOT_NUMBER", "S05", "٥", words="angka"),
    rejected("kode kecamatan", other() | {"kode": "62.01.02"}, "CODE_NOT_VILLAGE", "kode", "62.01.02"),
    rejected(
        "kode kelurahan",
        other() | {"kode": "6201021001"},
        "CODE_KELURAHAN",
        "kode",
        "6201021001",
        words="tidak dinilai",
    ),
    rejected("kode BPS", other() | {"kode": "6201020016"}, "CODE_BPS", "kode", "6201020016", words="BPS"),
    rejected("tahun berhuruf", other(tahun="dua ribu"), "YEAR_MALFORMED", "tahun", "dua ribu", words="2024"),
    rejected("tahun kosong", other(tahun=None), "YEAR_MALFORMED", "tahun", None),
    rejected(
        "tahun di luar masa berlaku",
        other(tahun=2025),
        "YEAR_OUTSIDE",
        "tahun",
        "2025",
        words="2016 sampai 2024",
    ),
]


def hand_in(home, tmp_path: Path, case: Bad, *more):
    source = tmp_path / f"masuk.{case.suffix}"
    source.write_bytes(case.content)
    target, report = tmp_path / "hasil.csv", tmp_path / "laporan.json"
    target.write_bytes(BEFORE)
    done = official.compute(home, source, target, "--report", report, *more)
    return done, target, json.loads(report.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_named_and_nothing_else_changes(home, tmp_path, case):
    done, target, account = hand_in(home, tmp_path, case)
    assert done.returncode == case.exit_code, official.said(done)
    assert "Traceback" not in official.said(done)
    assert account["computed"] + account["rejected"] == account["read"]
    assert (account["computed"], account["rejected"]) == (case.computed, case.rejected)
    found = [one for one in account["findings"] if case.code in one["code"] and one["severity"] == "error"]
    assert found, account["findings"]
    first = found[0]
    assert first["remedy"]
    assert case.words.lower() in f"{first['message']} {first['remedy']}".lower()
    assert first["message"] in official.said(done)
    for name in ("line", "column", "value"):
        if getattr(case, name) is not None:
            assert first[name] == getattr(case, name)
    if case.exit_code == 1:
        assert target.read_bytes() == BEFORE
    else:
        made = tables.read(target).table.frame
        assert made.height == case.computed
        assert made["idm"].null_count() == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        ["hasil.csv", "laporan.json", f"masuk.{case.suffix}"]
    )


@pytest.mark.parametrize("case", [one for one in CASES if one.name in {"teks", "kunci ganda"}], ids=str)
def test_strict_writes_nothing(home, tmp_path, case):
    done, target, account = hand_in(home, tmp_path, case, "--strict")
    assert done.returncode == 1
    assert target.read_bytes() == BEFORE
    assert account["computed"] + account["rejected"] == account["read"]
    assert account["rejected"] == case.rejected


ACCEPTED = {
    "BOM": (b"\xef\xbb\xbf" + TEXT.encode(), "csv", None),
    "titik koma": (TEXT.replace(",", ";").encode(), "csv", "SEPARATOR_OTHER"),
    "garis tegak": (TEXT.replace(",", "|").encode(), "csv", "SEPARATOR_OTHER"),
    "CRLF": (TEXT.replace("\n", "\r\n").encode(), "csv", None),
    "skor berdesimal nol": (csv_of(row(S01="5.0"), GOOD[1]).encode(), "csv", None),
    "kolom tidak dikenal": (
        csv_of(row(catatan="x"), row(kode="62.11.02.2003", catatan="y")).encode(),
        "csv",
        "COLUMN_UNKNOWN",
    ),
    "kode di luar register": (csv_of(row(), row(kode="6201992099")).encode(), "csv", "CODE_UNKNOWN"),
    "sel kosong": (csv_of(row(), row(kode="62.11.02.2003", S01=None)).encode(), "csv", "VALUE_MISSING"),
    "lembar kerja": (sheet_of(*GOOD), "xlsx", None),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_rightly_accepted(home, tmp_path, name):
    content, suffix, info = ACCEPTED[name]
    done, target, account = hand_in(home, tmp_path, Bad(name, content, 0, "", suffix=suffix))
    assert done.returncode == 0, official.said(done)
    assert (account["read"], account["computed"], account["rejected"]) == (2, 2, 0)
    assert [one["severity"] for one in account["findings"] if one["code"] == info] == (
        ["info"] if info else []
    )
    made = tables.read(target).table.frame
    assert made["kode"].to_list()[0] == "6201022016"
    assert made["idm"].to_list()[0] == "1.0"
    if name == "kolom tidak dikenal":
        assert made["catatan"].to_list() == ["x", "y"]


def test_a_file_that_is_not_there(home, tmp_path):
    done = official.compute(home, tmp_path / "tidak_ada.csv", tmp_path / "hasil.csv")
    assert done.returncode == 1
    assert "tidak dapat dibuka" in official.said(done)


def test_explain_says_when_the_village_is_not_in_the_file(home, tmp_path):
    source = tmp_path / "masuk.csv"
    source.write_text(TEXT, encoding="utf-8")
    done = official.run(
        home, "index", "explain", "idm", "--input", source, "--kode", "6201022099", "--tahun", "2024"
    )
    assert done.returncode == 1
    assert "6201022099" in official.said(done)


def test_official_zero_values_stay_text_safe(home, tmp_path):
    """A village name that a sheet would compute leaves as text and comes back as it was."""
    content = csv_of(row(desa="=1+1"), row(kode="62.11.02.2003", desa="biasa")).encode()
    _, target, _ = hand_in(home, tmp_path, Bad("rumus", content, 0, ""))
    assert b"'=1+1" in target.read_bytes()
    assert tables.read(target).table.frame["desa"].to_list() == ["=1+1", "biasa"]
