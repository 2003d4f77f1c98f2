"""`sidara plan list` and `sidara plan show`: what the records hold, as a table and as JSON."""

import json
from decimal import Decimal
from uuid import uuid4

from typer.testing import CliRunner

from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.programmes import services
from sidara.programmes.cli import APPS
from sidara.programmes.core.plan_drafts import IndicatorDraft
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW
from tests.programmes.test_plans import goal, made
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder


def run(*words):
    return CliRunner().invoke(APPS["plan"], list(words))


def test_plans_are_listed_and_shown(register, folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        uid = made(OPERATOR)
        aim = IndicatorDraft(name="Jalan", targets={2026: Decimal(50)})
        services.make_goals(OPERATOR, plan=uid, drafts=[goal(indicators=(aim,))], message_id=uuid4(), now=NOW)
    (row,) = json.loads(run("list", "--year", "2026", "--json").stdout)
    assert (row["uid"], row["kind"], row["area"], row["goals"]) == (str(uid), "RPJMD", "62.01", 1)
    assert json.loads(run("list", "--simulated", "--json").stdout) == []
    assert json.loads(run("list", "--year", "2031", "--json").stdout) == []
    shown = json.loads(run("show", str(uid), "--json").stdout)
    (held,) = shown["tree"]
    assert (held["indicators"][0]["targets"], held["indicators"][0]["is_waiting"]) == ({"2026": "50"}, True)
    assert held["coverage"]["goals"] == 0
    assert "Desa mandiri bertambah" in run("show", str(uid)).stdout
    assert run("show", str(uuid4())).exit_code == Exit.REFUSED
