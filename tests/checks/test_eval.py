"""`sidara check eval`: the same answers from each engine, and each fault of a file in its own clear words."""

import json

import pytest
from typer.testing import CliRunner

from sidara.kernel.exits import Exit
from sidara.warehouse import cli

ENGINES = ["python", "polars", "javascript", "warehouse"]
CASES = [
    {
        "id": "tahun lalu",
        "expression": "KEP_001 >= previous(KEP_001)",
        "today": "2026-11-24",
        "region": {"code": "62.01.02.2016", "kind": "desa"},
        "period": "2026",
        "cells": [
            {"variable": "KEP_001", "breakdown": "_T", "period": "2026", "state": "nilai", "value": "120"},
            {"variable": "KEP_001", "period": "2025", "state": "tidak_tahu", "value": None},
        ],
        "lists": {},
        "params": {},
        "lookups": {},
    },
    {
        "id": "usulan",
        "expression": "sum_rows(usulan, USL_008, USL_002 = 'JALAN') / 3",
        "period": "2026",
        "lists": {
            "usulan": {
                "state": "nilai",
                "rows": [
                    {"USL_008": 100, "USL_002": "JALAN"},
                    {"USL_008": {"state": "nilai", "value": "0.25"}, "USL_002": {"value": "JALAN"}},
                    {"USL_008": 999, "USL_002": "JALAN", "removed": True},
                ],
            }
        },
    },
    {
        "id": 3,
        "expression": "lookup('pagu_add', region_code()) * param('bagian')",
        "period": "2026-Q1",
        "region": {"code": "62.01.02.2016"},
        "lookups": {"pagu_add": {"62.01.02.2016": "750000000.50"}},
        "params": {"bagian": 0.1},
    },
    {"id": "hari", "expression": "add_months(today(), 3)", "today": "2026-11-30", "period": "2026"},
    {"id": "teks", "expression": "state(KEP_001)", "period": "2026"},
    {
        "id": "arus",
        "expression": "KEP_011",
        "period": "2026-Q1",
        "variables": {"KEP_011": {"type": "bulat", "frequency": "bulanan", "time": "arus"}},
        "cells": [{"variable": "KEP_011", "period": f"2026-0{month}", "value": month} for month in (1, 2, 3)],
    },
    {
        "id": "pilihan",
        "expression": "has(LIN_003, 'air')",
        "period": "2026",
        "cells": [{"variable": "LIN_003", "value": ["udara", "air"]}],
    },
]


def run(content, *options):
    text = content if isinstance(content, str) else json.dumps(content)
    return CliRunner().invoke(cli.APPS["check"], ["eval", "--input", "-", *options], input=text)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_gives_the_same_answers(engine):
    done = run(CASES, "--engine", engine)
    assert done.exit_code == Exit.GOOD, done.output
    answers = json.loads(done.stdout, parse_float=str)
    assert [(one["id"], one["result"], one["evaluated"]) for one in answers] == [
        ("tahun lalu", None, False),
        ("usulan", "33.416666666666666667", True),
        (3, "75000000.05", True),
        ("hari", "2027-02-28", True),
        ("teks", "belum_diisi", True),
        ("arus", 6, True),
        ("pilihan", True, True),
    ]
    assert [one["reason"] for one in answers if one["evaluated"]] == [""] * 6
    assert answers[0]["reason"] == "Tidak dinilai: KEP_001, periode 2025 tidak tahu."


def cell(**parts):
    return [{"variable": "KEP_001", "value": 1} | parts]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (7, "bukan objek JSON"),
        ({"period": "2026"}, "tidak memuat expression"),
        ({"expression": "PEM-002 > 1", "period": "2026"}, "Tulis PEM_002"),
        ({"expression": "KEP_001 >", "period": "2026"}, "tidak dapat dibaca"),
        ({"expression": "sum(KEP_001) > 1", "period": "2026"}, "Fungsi sum tidak dikenal"),
        ({"expression": "KEP_001 > 1"}, "Periode None tidak dapat dibaca"),
        ({"expression": "KEP_001 > 1", "period": "2026-Q5"}, "Periode 2026-Q5"),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": {}}, ""),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": "x"}, "cells bukan larik"),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": [{}]}, "Sel tanpa variable"),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": cell(state="ada")}, "Keadaan ada"),
        (
            {"expression": "KEP_001 > 1", "period": "2026", "cells": cell(value="banyak")},
            "banyak bukan angka",
        ),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": cell(value=10**18)}, "lebih panjang"),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": cell(value="NaN")}, "NaN bukan angka"),
        (
            {"expression": "KEP_001 > 1", "period": "2026", "cells": cell(value=None, state="nilai")},
            "tidak memuat nilai",
        ),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": cell(period="x")}, "Periode x"),
        ({"expression": "KEP_001 = 'x'", "period": "2026", "cells": cell()}, "perlu angka"),
        (
            {"expression": "KEP_001 > today()", "period": "2026", "cells": cell(value="12-1-2026")},
            "bukan tanggal",
        ),
        ({"expression": "today() > today()", "period": "2026", "today": "kemarin"}, "kemarin bukan tanggal"),
        ({"expression": "param('a') > 1", "period": "2026", "params": {"a": "x"}}, "x bukan angka"),
        ({"expression": "true", "period": "2026", "lists": {"usulan": []}}, "Daftar usulan bukan objek"),
        ({"expression": "true", "period": "2026", "lists": {"usulan": {"rows": [1]}}}, "Baris daftar usulan"),
        ({"expression": "true", "period": "2026", "lookups": {"t": 1}}, "Tabel rujukan t bukan objek"),
        ({"expression": "true", "period": "2026", "region": "x"}, "region bukan objek"),
    ],
)
def test_a_case_that_cannot_be_judged_says_why(case, words):
    done = run([case])
    if not words:
        assert done.exit_code == Exit.GOOD
        return
    assert done.exit_code == Exit.PARTIAL, done.output
    (answer,) = json.loads(done.stdout)
    assert (answer["result"], answer["evaluated"]) == (None, False)
    assert words in answer["reason"]


@pytest.mark.parametrize(
    ("content", "words"),
    [("[{]", "bukan JSON yang sah"), ("{}", "tidak memuat daftar kasus"), ("[" * 100000, "bersarang")],
)
def test_a_file_that_is_no_list_of_cases_is_refused(content, words):
    done = run(content)
    assert done.exit_code == Exit.REFUSED
    assert words in done.output


def test_a_missing_file_is_wrong_usage():
    done = CliRunner().invoke(cli.APPS["check"], ["eval", "--input", "/tidak/ada.json"])
    assert done.exit_code == 2
    assert "tidak dapat dibaca" in done.output


@pytest.mark.parametrize("engine", ["polars", "warehouse"])
def test_a_table_says_what_could_overflow(engine):
    text = " * ".join(["KEP_001"] * 3)
    case = {"id": 1, "expression": text, "period": "2026", "cells": cell(value=10**17)}
    done = run([case], "--engine", engine)
    assert done.exit_code == Exit.PARTIAL
    assert "38 angka" in json.loads(done.stdout)[0]["reason"]


def test_without_node_the_engine_says_so(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    done = run([], "--engine", "javascript")
    assert done.exit_code == Exit.REFUSED
    assert "Node tidak ditemukan" in done.output
