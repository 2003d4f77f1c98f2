"""`sidara register`: JSON for programs, lines for people, and what is refused."""

import json

import pytest
from typer.testing import CliRunner

from sidara.kernel.exits import Exit
from sidara.programmes.cli import APPS
from tests.progress.conftest import province, submitted  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
FORMS = ("PEM_SEMESTER", "PEM_TRIWULAN", "PEM_TAHUNAN", "SOS_TAHUNAN")


def run(*words):
    return CliRunner().invoke(APPS["register"], list(words))


def test_each_register_as_json_and_in_lines(province):  # noqa: F811 - the fixture
    village = province[0]
    submitted(village, forms=FORMS)
    asked = ("--under", village[:5], "--year", "2025", "--status", "semua")
    told = {}
    for verb in ("apparatus", "participation", "institutions"):
        done = run(verb, *asked, "--json")
        assert done.exit_code == Exit.GOOD, done.output
        told[verb] = json.loads(done.stdout)
        assert told[verb]["dataset"] == "simulated:collection"
        lines = run(verb, *asked)
        assert "SIMULASI" in lines.stdout
    assert told["apparatus"]["apparatus"]["reported"] == 1
    assert told["apparatus"]["apparatus"]["counts"]["posts"] > 7
    assert told["institutions"]["institutions"]["counts"]["villages"] == 1
    answers = told["participation"]["answers"]
    assert answers["answered"] + answers["waiting"] == answers["proposals"] > 0


def test_what_is_not_there_is_refused_with_a_way_out(province):  # noqa: F811 - the fixture
    assert run("apparatus", "--under", "99.99").exit_code == Exit.REFUSED
    empty = run("institutions", "--under", "19")
    assert empty.exit_code == Exit.REFUSED
    assert "Belum ada daftar" in empty.output
