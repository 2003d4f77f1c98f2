"""The commands: what they print, their exit codes, and an import that is killed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sidara.collection.cli import datasets
from sidara.kernel.exits import Exit

PROVENANCE = [
    "--table=idm-national",
    "--code=external:idm-2024",
    "--licence=tidak dinyatakan",
    "--retrieved=2026-08-21",
    "--scheme=kemendagri",
]
GOOD = "kode,idm,iks,ike,ikl,status\n6201022016,0.7421,0.7429,0.55,0.9333,MAJU\n"

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, stdin: str | None = None):
    return CliRunner().invoke(datasets.app, list(arguments), input=stdin)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "idm.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_import_list_show(register, file):
    done = run("import", str(file), *PROVENANCE, "--json")
    assert done.exit_code == Exit.GOOD
    result = json.loads(done.stdout)
    assert result == {
        "dataset": "external:idm-2024",
        "dry_run": False,
        "sent": 5,
        "created": 5,
        "updated": 0,
        "unchanged": 0,
        "conflicting": 0,
        "rejected": 0,
        "stored": True,
        "refused": False,
        "findings": [],
    }
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["code"], row["cells"], row["regions"], row["periods"]) == (
        "external:idm-2024",
        5,
        1,
        ["2024"],
    )
    assert (row["licence"], row["retrieved"], row["file"]) == ("tidak dinyatakan", "2026-08-21", "idm.csv")
    assert len(row["sha256"]) == 64
    shown = json.loads(run("show", "external:idm-2024", "--json").stdout)
    assert [one["code"] for one in shown["structure"]] == [
        "IDM.IDM",
        "IDM.IKS",
        "IDM.IKE",
        "IDM.IKL",
        "IDM.STATUS",
        "IDM.PENANDA",
    ]
    assert "Kementerian Desa PDT" in run("show", "external:idm-2024").stdout
    assert "external:idm-2024" in run("list").stdout


def test_a_pipe_and_a_report(register, file, tmp_path):
    report = tmp_path / "laporan.json"
    bad = GOOD + "6201022017,x,0.84,0.7833,1,MANDIRI\n"
    done = run("import", "-", "--format=csv", *PROVENANCE, f"--report={report}", stdin=bad)
    assert done.exit_code == Exit.PARTIAL
    assert "ditolak                1 sel" in done.stdout
    (finding,) = json.loads(report.read_text("utf-8"))["findings"]
    assert (finding["line"], finding["column"], finding["value"]) == (3, "idm", "x")
    assert finding["message"] in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (PROVENANCE[1:], Exit.USAGE),
        ([*PROVENANCE[:2], *PROVENANCE[3:]], Exit.USAGE),
        ([*PROVENANCE, "--retrieved=kemarin"], Exit.USAGE),
        ([*PROVENANCE, "--report=tidak/ada/laporan.json"], Exit.USAGE),
        ([*PROVENANCE, "--scheme=bps:2023"], Exit.REFUSED),
        ([*PROVENANCE, "--table=lain"], Exit.REFUSED),
        ([*PROVENANCE, "--all-or-nothing"], Exit.REFUSED),
        ([*PROVENANCE, "--dry-run"], Exit.PARTIAL),
    ],
)
def test_exit_codes(register, file, arguments, code):
    file.write_text(GOOD + "6201022017,x,0.84,0.7833,1,MANDIRI\n", encoding="utf-8")
    done = run("import", str(file), *arguments)
    assert done.exit_code == code
    assert done.stderr.strip()
    assert json.loads(run("list", "--json").stdout) == []


def test_nothing_to_show(register):
    assert run("show", "external:lain").exit_code == Exit.REFUSED
    assert run("list").exit_code == Exit.GOOD


def test_tables_are_listed(db):
    names = [one["table"] for one in json.loads(run("tables", "--json").stdout)]
    assert "idm-national" in names
    assert "kolom: kode, idm, iks, ike, ikl, status" in run("tables").stdout


_KILLED = """
import os, signal, django
django.setup()
from sidara.collection import services
from sidara.kernel.actor import OPERATOR
from tests.collection.conftest import PROVENANCE
from pathlib import Path
import sys

def kill(step, done, total):
    if step == "write" and 0 < done < total:
        os.kill(os.getpid(), signal.SIGKILL)

services.import_table(OPERATOR, source=Path(sys.argv[1]), **PROVENANCE, progress=kill)
"""


def test_a_killed_import_leaves_nothing_and_can_be_repeated(shared, tmp_path):
    environment = {
        **os.environ,
        "SIDARA_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "sidara.web.settings",
        "PYTHONPATH": str(ROOT),
    }
    table = str(shared / "data" / "idm" / "idm_2024_kalimantan_tengah.csv")

    def sidara(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", "from sidara.cli import main; main()", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert sidara("regions", "load", "--province", "62", "--yes").returncode == Exit.GOOD
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, table], env=environment, cwd=ROOT, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert json.loads(sidara("dataset", "list", "--json").stdout) == []
    done = sidara("dataset", "import", table, *PROVENANCE, "--json")
    assert done.returncode == Exit.GOOD, done.stderr
    assert json.loads(done.stdout)["created"] == 8460
