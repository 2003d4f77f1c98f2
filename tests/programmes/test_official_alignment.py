"""Every official case of the alignment, by the core and by the command."""

import json

import pytest

from sidara.programmes.core.alignment import CHECKS, check
from sidara.programmes.formats import alignment_cases
from tests.commands import called
from tests.programmes.aligning import base


@pytest.fixture(scope="module")
def cases_path(shared):
    return shared / "reference" / "cases" / "sinkronisasi_kasus.json"


def bare(harapan: list[dict]) -> list[dict]:
    """What must be equal: the reason is told in own words, a value only where it is a code or a number."""
    made = []
    for one in harapan:
        value = one.get("nilai")
        is_plain = not isinstance(value, str) or " " not in value
        same = {key: one.get(key) for key in ("tingkat", "baris", "uang_rp")}
        made.append(same | ({"nilai": value} if is_plain else {}))
    return made


def test_62_cases_by_the_core(cases_path, record_property):
    content = cases_path.read_bytes()
    expected = {one["id"]: one["harapan"] for one in json.loads(content)["kasus"]}
    reading = alignment_cases.read(content, base())
    assert reading.findings == []
    got = {
        one.id: alignment_cases.told(one, check(one.tables, one.context, one.checks))["harapan"]
        for one in reading.cases
    }
    assert {key: bare(one) for key, one in got.items()} == {key: bare(one) for key, one in expected.items()}
    texts = [one for rows in got.values() for one in rows if one["tingkat"] == "tidak_dinilai"]
    assert all(one["alasan"] for one in texts)
    assert {code for one in reading.cases for code in one.checks} == set(CHECKS)
    record_property("official cases (alignment core)", len(expected))


def test_62_cases_by_the_command(db, cases_path, record_property):
    expected = {one["id"]: one["harapan"] for one in json.loads(cases_path.read_bytes())["kasus"]}
    done = called("alignment", "check", "--input", str(cases_path))
    assert done.returncode == 0, done.stderr.decode()
    got = {one["id"]: one["harapan"] for one in json.loads(done.stdout)}
    assert {key: bare(one) for key, one in got.items()} == {key: bare(one) for key, one in expected.items()}
    record_property("official cases (alignment command)", len(got))
