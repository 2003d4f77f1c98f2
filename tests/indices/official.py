"""The official IDM cases of `../shared/reference/cases`, as plain records and as files of the command."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl

from sidara.tables import LINE
from tests import commands

LEVELS = ("iks", "ike", "ikl")
FIGURES = (*LEVELS, "idm")
SERANG = "idm_indeks_36_kab_serang.json"
EDGE = "idm_kasus_tepi.json"
SINGLE = "idm_tunggal_cikedokan_2021.json"
PARTIAL = "idm_parsial_desaganra_2021.json"
PARTIAL_CODE = "7312052001"
"""The partial case names no code; a village of Soppeng lends its own."""
DESA = "indeks_desa_2025_18_lampung_timur.json"
DIMENSIONS = ("layanan_dasar", "sosial", "ekonomi", "lingkungan", "aksesibilitas", "tata_kelola")
ROW_OF = {"iks": 45, "ike": 58, "ikl": 62, "idm": 63, "status": 64}


def load(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))


def item_cases(shared: Path) -> dict[str, list[dict]]:
    """File name -> cases with 50 scores, each as one flat record of text."""
    folder = shared / "reference" / "cases"
    names = [file.name for file in sorted(folder.glob("idm_[0-9][0-9]_*.json"))]
    return {
        name: [_flat(one, load(folder / name)["urutan_skor"]) for one in _cases(folder, name)]
        for name in (*names, EDGE, SINGLE)
    }


def _cases(folder: Path, name: str) -> list[dict]:
    return load(folder / name)["kasus"]


def _flat(case: dict, order: list[str]) -> dict:
    row = {"kode": case["kode"], "tahun": case["tahun"], **dict(zip(order, case["skor"], strict=True))}
    row |= {name: case[name] for name in (*FIGURES, "status", "target_status", "skor_minimal", "penambahan")}
    return row | {"s31_terhitung": case.get("s31_terhitung")}


def serang_cases(shared: Path) -> list[dict]:
    names = ("kode", "tahun", *FIGURES, "status")
    return [{name: one[name] for name in names} for one in _cases(shared / "reference" / "cases", SERANG)]


def desa_cases(shared: Path) -> list[dict]:
    """Indeks Desa 2025: points of six dimensions, with the published score and status."""
    found = _cases(shared / "reference" / "cases", DESA)
    return [
        {
            "kode": one["kode"],
            "tahun": one["tahun"],
            **one["poin"],
            "skor": one["skor"],
            "status": one["status"],
        }
        for one in found
    ]


def partial_case(shared: Path) -> dict:
    content = load(shared / "reference" / "cases" / PARTIAL)
    case = content["kasus"][0]
    scores = {code: case["skor_sebagian"].get(code) for code in content["urutan_skor"]}
    return {"kode": PARTIAL_CODE, "tahun": case["tahun"], **scores}


def replies(shared: Path) -> dict[tuple[str, int], dict[int, dict]]:
    """(code, year) -> published rows by their ROW_CELL."""
    found = {}
    for file in sorted((shared / "reference" / "cases" / "api_asli").glob("*.json")):
        code, year = file.stem.split("_")
        found[code, int(year)] = {row["ROW_CELL"]: row for row in load(file)["mapData"]["ROW"]}
    return found


def reply_row(code: str, year: int, rows: dict[int, dict], published_rows: dict[str, int]) -> dict:
    """A reply as one record: 50 shown scores and the published figures."""
    scores = {item: rows[cell]["SKOR"] for item, cell in published_rows.items()}
    return {
        "kode": code,
        "tahun": year,
        **scores,
        **{name: rows[cell]["SKOR"] for name, cell in ROW_OF.items()},
    }


def text(value) -> str | None:
    return None if value is None else str(value)


def frame(records: list[dict]) -> pl.DataFrame:
    """Records as `tables.read` would give them: text columns and lines."""
    names = list(records[0])
    columns = {name: pl.Series([text(one[name]) for one in records], dtype=pl.String) for name in names}
    lines = pl.Series(range(2, len(records) + 2), dtype=pl.Int64)
    return pl.DataFrame(columns | {LINE: lines})


def write_csv(file: Path, records: list[dict]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    return file


def run(
    home: Path | None, *arguments: str | Path, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the real command `sidara` in a home of its own; without one, in this process on its records."""
    if home is None:
        return commands.called(*map(str, arguments))
    command = [str(Path(sys.executable).with_name("sidara")), *map(str, arguments)]
    environment = os.environ | {"SIDARA_HOME": str(home), "PYTHONWARNINGS": "default"}
    return subprocess.run(command, input=given, capture_output=True, env=environment, check=False)


def compute(
    home: Path | None, source: Path, target: Path, *more: str | Path, index: str = "idm"
) -> subprocess.CompletedProcess[bytes]:
    return run(home, "index", "compute", index, "--input", source, "--output", target, *more)


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8")
