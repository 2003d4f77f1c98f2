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


def said(**parts):
    return {"expression": "KEP_001 > 1", "period": "2026"} | parts


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (7, "bukan objek JSON"),
        ({"period": "2026"}, "tidak memuat expression"),
        ({"expression": "PEM-002 > 1", "period": "2026"}, "Tulis PEM_002"),
        ({"expression": "KEP_001 >", "period": "2026"}, "tidak dapat dibaca"),
        ({"expression": "sum(KEP_001) > 1", "period": "2026"}, "Fungsi sum tidak dikenal"),
        ({"expression": "KEP_001 > 1"}, "Periode belum ditulis"),
        ({"expression": "KEP_001 > 1", "period": "2026-Q5"}, "Periode 2026-Q5"),
        ({"expression": "KEP_001 > 1", "period": "2026", "cells": {}}, "cells bukan larik"),
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
        (None, "Kasus ke-1: Kasus bukan objek"),
        (said(id=[1]), "kunci id: id [1] bukan teks"),
        (said(id=True), "kunci id: id true"),
        (said(expression=7), "kunci expression"),
        (said(expression="KEP_001 > "), "kunci expression: Ungkapan tidak dapat dibaca"),
        (said(expression="KEP_001 > "), "baris 1, huruf ke-11"),
        (said(expression="not " * 300 + "true"), "bersarang lebih dari 40"),
        (said(expression="KEP_001 > 999999999999999999 * 999999999999999999 * 99"), "38 angka"),
        (said(period=2026), "kunci period"),
        (said(period="1900"), "Periode 1900"),
        (said(cels=[]), "Kunci cels tidak dikenal. Tulis cells."),
        (said(cells=0), "cells bukan larik"),
        (
            said(cells=[{"variable": "KEP_001", "valau": 3}]),
            "kunci cells ke-1.valau: Kunci valau tidak dikenal. Tulis value.",
        ),
        (said(cells=cell() + cell()), "kunci cells ke-2: Sel KEP_001, rincian _T, periode 2026 tertulis dua"),
        (said(cells=cell(breakdown=3)), "cells ke-1.breakdown bukan teks"),
        (said(cells=cell(breakdown="ANGGARAN")), "Rincian ANGGARAN tidak dapat dibaca"),
        (said(cells=cell(state=["nilai"])), "Keadaan ['nilai'] tidak dikenal"),
        (said(cells=cell(period=[])), "kunci cells ke-1.period"),
        (said(cells=cell(value="1e5")), "1e5 bukan angka"),
        (said(cells=cell(value="1_000")), "1_000 bukan angka"),
        (said(cells=cell(value="\u0665")), "bukan angka"),
        (said(cells=cell(value="")), "Teks kosong bukan angka"),
        (said(cells=cell(value="9" * 400)), "lebih panjang"),
        (said(cells=cell(value={})), "bukan angka"),
        (
            said(expression="PEM_042 > today()", cells=cell(variable="PEM_042", value="20260101")),
            "bukan tanggal",
        ),
        (
            said(expression="LIN_012 = 'a'", cells=cell(variable="LIN_012", value="\ud800")),
            "tanda yang rusak",
        ),
        (said(expression="'\ud800' = 'a'"), "tanda yang rusak"),
        (said(expression="has(LIN_003, 'a')", cells=cell(variable="LIN_003", value=["a b"])), "satu kata"),
        (said(today=20261124), "kunci today: 20261124 bukan tanggal"),
        (said(today="2026-02-30"), "bukan tanggal"),
        (said(region={"code": 62}), "region.code bukan teks"),
        (said(lists={"usulan": {"state": "nilai"}}), "tidak memuat rows"),
        (said(lists={"usulan": {"rows": [{"removed": "ya"}]}}), "rows ke-1.removed"),
        (said(lists={"usulan": {"state": "x", "rows": []}}), "lists.usulan.state: Keadaan x"),
        (said(params=[]), "params bukan objek"),
        (said(params={"a": True}), "kunci params.a: true bukan angka"),
        (said(lookups={"t": {"62": "x"}}), "kunci lookups.t.62: x bukan angka"),
        (said(variables="x"), "variables bukan objek"),
        (said(variables={"KEP_001": "bulat"}), "variables.KEP_001 bukan objek"),
        (said(variables={"KEP_001": {"type": "integer"}}), "integer tidak dikenal sebagai type"),
        (said(variables={"KEP_001": {"adds_up": "ya"}}), "adds_up berisi ya"),
    ],
    ids=lambda part: ascii(part)[:60],
)
def test_a_case_that_cannot_be_judged_says_why(case, words):
    done = run([case])
    assert done.exit_code == Exit.PARTIAL, done.output
    (answer,) = json.loads(done.stdout)
    assert (answer["result"], answer["evaluated"]) == (None, False)
    assert words in answer["reason"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[{]", "bukan JSON yang sah"),
        ("", "bukan JSON yang sah"),
        ("{}", "tidak memuat daftar kasus"),
        ("null", "tidak memuat daftar kasus"),
        ("[" * 100000, "bersarang"),
        ('[{"a":' * 20000, "bersarang"),
        ('[{"id": NaN}]', "NaN bukan JSON"),
        ('[{"value": 1, "value": 2}]', "Kunci value tertulis dua kali"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused(content, words):
    done = run(content)
    assert done.exit_code == Exit.REFUSED
    assert words in done.output


def test_a_missing_file_is_wrong_usage():
    done = CliRunner().invoke(cli.APPS["check"], ["eval", "--input", "/tidak/ada.json"])
    assert done.exit_code == 2
    assert "tidak dapat dibaca" in done.output


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_refuses_what_a_table_could_not_hold(engine):
    """What one engine cannot hold, none answers; figures that fit are judged beside it."""
    text = " * ".join(["KEP_001"] * 3)
    wide = {"id": 1, "expression": text, "period": "2026", "cells": cell(value=10**17)}
    params = {"a": "999999999999999999"}
    wide_too = {
        "id": 2,
        "expression": "param('a') * param('a') * param('a')",
        "period": "2026",
        "params": params,
    }
    fits = {"id": 3, "expression": text, "period": "2026", "cells": cell(value=100)}
    done = run([wide, wide_too, fits], "--engine", engine)
    assert done.exit_code == Exit.PARTIAL
    answers = json.loads(done.stdout)
    assert [one["result"] for one in answers] == [None, None, 10**6]
    assert all("38 angka" in one["reason"] for one in answers[:2])


@pytest.mark.parametrize("engine", ENGINES)
def test_figures_of_any_form_of_json_are_the_same_to_each_engine(engine):
    given = """[{"id": 1, EXP, "cells": [{"variable": "KEP_001", "value": 1e5}]},
      {"id": 2, EXP, "cells": [{"variable": "KEP_001", "value": 0.0000001}]},
      {"id": 3, EXP, "cells": [{"variable": "KEP_001", "value": -0}]},
      {"id": 4, "expression": "lookup('t', region_code())", "period": "2026", "region": {"code": "__proto__"},
       "lookups": {"t": {"__proto__": 999999999999999999, "2": "0.000000000000000001"}}}]"""
    cases = given.replace("EXP", '"expression": "KEP_001", "period": "2026"')
    done = run(cases, "--engine", engine)
    assert done.exit_code == Exit.GOOD, done.output
    answers = [one["result"] for one in json.loads(done.stdout, parse_float=str)]
    assert answers == [100000, "0.0000001", 0, 999999999999999999]


def test_a_case_that_is_refused_leaves_the_others_as_they_are():
    done = run(
        [said(id="a"), said(id="a"), said(id="b", cells=cell(value="x")), said(id=2, cells=cell(value=3))]
    )
    assert done.exit_code == Exit.PARTIAL
    answers = json.loads(done.stdout)
    assert [(one["id"], one["result"]) for one in answers] == [
        ("a", None),
        ("a", None),
        ("b", None),
        (2, True),
    ]
    assert "id a sudah dipakai kasus ke-1" in answers[1]["reason"]
    assert "[CASE_TWICE]" in done.stderr
    assert "baris 3, kolom cells ke-1 (KEP_001).value" in done.stderr


def test_without_node_the_engine_says_so(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    done = run([], "--engine", "javascript")
    assert done.exit_code == Exit.REFUSED
    assert "Node tidak ditemukan" in done.output
