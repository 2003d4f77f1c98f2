"""A server that is up pulls what was saved into the facts by itself, when something is new."""

import json
import os
import subprocess
import time
from uuid import uuid4

import pytest

from sidara.collection import models
from sidara.kernel.actor import OPERATOR
from sidara.warehouse import queries, services
from sidara.web import following
from tests.collection.conftest import register as register_62
from tests.collection.test_check_stored import save
from tests.progress.conftest import province as small_province
from tests.progress.conftest import submitted
from tests.serving import DICTIONARY, PATIENCE, REGIONS, SIDARA, environment, made, run, served
from tests.warehouse.test_submissions import folder as facts_folder

register, folder, province = register_62, facts_folder, small_province
VILLAGE = "62.01.02.2016"
CELLS = "form,region,period,row,variable,breakdown,state,value,explanation\n" + "".join(
    f"DIK_TAHUNAN,{VILLAGE},2025,,{code},,,{value},\n" for code, value in (("DIK_007", 100), ("DIK_008", 90))
)


@pytest.mark.django_db
def test_only_what_is_new_is_pulled(register, folder):
    follow = following.Follower().follow
    assert not follow()
    save("DIK_TAHUNAN", VILLAGE, "2025", ("DIK_007", "100", "", ""))
    assert queries.is_behind(OPERATOR)
    assert follow()
    assert not queries.is_behind(OPERATOR)
    assert not follow()
    assert services.refresh(OPERATOR).read == 0


@pytest.mark.django_db
def test_what_hinders_it_is_told_once_as_long_as_it_lasts(register, folder, caplog):
    follower = following.Follower()
    save("DIK_TAHUNAN", VILLAGE, "2025", ("DIK_007", "100", "", ""))
    follower.follow()
    models.Store.objects.update(epoch=uuid4())
    assert queries.is_behind(OPERATOR)
    assert [follower.follow() for _ in range(3)] == [True] * 3
    assert [record.args[0] for record in caplog.records] == ["FACTS_OF_OTHER_RECORDS"]
    services.rebuild(OPERATOR)
    assert not follower.follow()


@pytest.mark.django_db
def test_progress_is_counted_again_when_something_is_new(province):
    assert not following.follow_progress()
    submitted(province[0], forms=("PEM_SEMESTER",))
    assert following.follow_progress()
    assert not following.follow_progress()


def test_it_rests_the_longer_the_longer_it_took():
    assert following.rest_after(60, 0.5) == 60
    assert following.rest_after(60, 20) == 180


def test_it_can_be_turned_off():
    assert following.start(0) is None


def test_a_server_follows_what_is_imported_while_it_is_up(tmp_path, monkeypatch):
    monkeypatch.setenv("SIDARA_REFRESH_SECONDS", "1")
    home = made(tmp_path / "home", REGIONS, DICTIONARY)
    (tmp_path / "isi.csv").write_text(CELLS, encoding="utf-8")
    with served(home):
        run(home, "submission", "import", str(tmp_path / "isi.csv"))
        last = time.monotonic() + PATIENCE
        while _value(home) is None and time.monotonic() < last:
            pass
        assert _value(home) == 90


def _value(home):
    """Ask for the indicator; the command itself refreshes nothing."""
    words = ("query", "indicators", "--indicator", "APM_SD", "--period", "2025", "--level", "desa", "--json")
    done = subprocess.run(
        [SIDARA, *words, "--code", VILLAGE],
        env={**os.environ, **environment(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    figures = json.loads(done.stdout)["figures"] if done.stdout.startswith("{") else []
    return figures[0]["value"] if figures else None
