"""`sidara check run` over what is stored: for each submission the findings that it shows at every door."""

import io
import json
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from sidara.cli import build
from sidara.collection import queries, services
from sidara.collection.cli import check
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.exits import Exit
from sidara.regions import services as registering
from tests.collection.conftest import register as register_62
from tests.verification.conftest import NOW

register = register_62
pytestmark = pytest.mark.django_db
HERE, THERE, FAR = "62.01.02.2016", "62.01.02.2017", "62.01.03.2001"
EXAMPLE = "62.01.02.9019"
DAY = NOW.date()
WHICH = ("form", "region", "period")


def save(form, region, period, *cells):
    key = SubmissionKey(form, region, period)
    held = queries.filled(OPERATOR, key)
    given = [Given(variable, value, state, explanation=why) for variable, value, state, why in cells]
    one = services.Save(key, held.state.revision if held else 0, uuid4(), Source.WEB, given)
    assert services.save_cells(OPERATOR, save=one, now=NOW).account.is_clean


@pytest.fixture
def filled(register):
    """Three villages: numbers that do not fit, a fall without and one with an explanation, a good one."""
    save("PEM_TAHUNAN", HERE, "2026", ("PEM_005", "7", "", ""), ("PEM_006", "4", "", ""))
    for region, why in ((HERE, ""), (THERE, "pemekaran")):
        save("KEP_SEMESTER", region, "2025-S2", ("KEP_001", "4000", "", ""), ("KEP_004", "1000", "", ""))
        save("KEP_SEMESTER", region, "2026-S1", ("KEP_001", "4", "", why), ("KEP_004", "", "tidak tahu", ""))
    save("PEM_TAHUNAN", FAR, "2026", ("PEM_005", "2", "", ""), ("PEM_006", "6", "", ""))


def test_a_village_that_moved_is_looked_at_where_it_lies_today(filled):
    """It keeps its code, which begins as the one of the kecamatan that it left."""
    lines = f"tanggal,jenis,kode_lama,kode_baru,induk_baru\n2012-07-01,pindah_induk,{HERE},,62.01.03\n"
    account = registering.import_succession(
        OPERATOR, source=io.BytesIO(lines.encode()), format="csv", scheme="kemendagri", clock=lambda: NOW
    )
    assert account.is_stored

    def places(under):
        checked = queries.checked(OPERATOR, queries.Wanted(under=under), today=DAY)
        listed = {one.region for one in queries.listed(OPERATOR, under=under)}
        assert {one.region for one in checked} == listed
        return listed

    assert places("62.01.02") == {THERE}
    assert places("62.01.03") == {HERE, FAR}
    assert places("62.01") == places("62") == {HERE, THERE, FAR}
    assert places(HERE) == {HERE}
    assert places("62.99") == set()


def run(*options):
    return CliRunner().invoke(check.app, ["run", "--today", str(DAY), *options])


def told(done):
    return json.loads(done.stdout)


def plain(said):
    names = ("code", "rule", "row", "variable", "value", "explained", "blocking")
    return sorted(tuple(one[name] for name in names) for one in said)


def test_the_findings_are_those_of_each_submission(filled):
    said = told(run("--json"))
    assert said["submissions"] == 6
    assert said["regions"] == 3
    seen = 0
    for one in said["judged"]:
        key = SubmissionKey(one["form"], one["region"], one["period"])
        judged = queries.judged(OPERATOR, key, today=DAY)
        own = [
            f
            for f in said["findings"]
            if (f["form"], f["region"], f["period"]) == (key.form, key.region, key.period)
        ]
        # A rule of another form stands there, once; one submission shows it, too, when it names its cells.
        here = [f.flat() for f in judged.told if f.finding.cells and _own_rule(key, f)]
        assert plain(own) == plain(here)
        seen += len(own)
    assert seen == len(said["findings"]) > 3
    assert {"explained", "blocking", "place", "message", "remedy", "cells"} <= set(said["findings"][0])
    assert any(one["explained"] for one in said["findings"])
    assert said["blocking"] == sum(one["blocking"] for one in said["findings"])


def _own_rule(key, said):
    place = said.finding.cells[0]
    return (place.region, place.period) == (key.region, key.period) and said.key is not None


def test_form_region_and_period_choose(filled):
    assert told(run("--json", "--region", "62.01.03"))["submissions"] == 1
    assert told(run("--json", "--form", "KEP_SEMESTER"))["submissions"] == 4
    one = told(run("--json", "--form", "KEP_SEMESTER", "--region", HERE, "--period", "2026-S1"))
    assert [tuple(x[name] for name in WHICH) for x in one["judged"]] == [("KEP_SEMESTER", HERE, "2026-S1")]
    # What rules read of other periods is read, though it is not judged.
    assert any(f["rule"] == "UNIT_THOUSAND" or "2025-S2" in json.dumps(f["cells"]) for f in one["findings"])
    nothing = run("--json", "--dataset", "simulated:collection")
    assert told(nothing)["submissions"] == 0
    assert nothing.exit_code == 0


def test_exit_code_and_words(filled):
    done = run("--form", "PEM_TAHUNAN", "--region", HERE)
    assert done.exit_code == Exit.PARTIAL
    assert "Jumlah RT (4) lebih kecil dari jumlah RW (7)." in done.stdout


def test_only_what_one_may_read_is_judged(filled):
    with pytest.raises(NotAllowed):
        list(queries.checked(PUBLIC, queries.Wanted(), today=DAY))


@pytest.mark.parametrize("command", [("check", "run"), ("submission", "list")])
def test_a_region_that_is_none_is_refused_and_not_called_faultless(filled, command):
    def asked(*options):
        return CliRunner().invoke(build(), [*command, *options])

    assert asked("--region", "62.01.03").exit_code != Exit.REFUSED
    done = asked("--region", "62.01.99")
    assert done.exit_code == Exit.REFUSED
    assert "[REGION_UNKNOWN]" in done.stderr
    assert "isian" not in done.stderr


@pytest.mark.parametrize("command", [("check", "run"), ("submission", "list")])
def test_example_villages_that_are_left_out_are_told(filled, command):
    def asked(*options):
        return " ".join(CliRunner().invoke(build(), [*command, *options]).stderr.split())

    registering.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    word = "Tidak termasuk 1 isian desa contoh (SIMULASI); untuk isian itu tambahkan --dataset simulated"
    assert "Tidak termasuk" not in asked("--region", "62.01.02")
    save("PEM_TAHUNAN", EXAMPLE, "2026", ("PEM_005", "7", "", ""), ("PEM_006", "4", "", ""))
    assert word in asked("--region", "62.01.02")
    assert word in asked()
    for options in (("--region", HERE), ("--region", EXAMPLE), ("--dataset", "simulated:collection")):
        assert "Tidak termasuk" not in asked(*options)
    assert "1 isian" in asked("--region", EXAMPLE)
    assert "1 isian" in asked("--region", "62.01.02", "--dataset", "simulated:collection")
