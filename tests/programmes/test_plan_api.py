"""Plans, activities and findings over the API: what pages show, in pages, to whom it is shown."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from sidara.kernel.actor import OPERATOR
from sidara.programmes import models, queries, services
from sidara.programmes.core.plan_drafts import IndicatorDraft
from tests.accounts.conftest import world as cast_world
from tests.programmes.planners import NOW, PROVINCE, REGENCY, VILLAGE
from tests.programmes.test_activities import draft
from tests.programmes.test_activities import keep as keep_activity
from tests.programmes.test_plans import ABOVE, goal, made

world = cast_world
AT = "/api/v1/programmes"


def told(address, client=None, **headers):
    answer = (client or Client()).get(f"{AT}/{address}", headers=headers)
    return answer.status_code, answer.json()


@pytest.fixture
def plans(world):
    """RPJMD of a kabupaten with a goal and its target, one of the province; an activity in two villages."""
    one, above = made(OPERATOR), made(OPERATOR, ABOVE)
    indicator = IndicatorDraft(name="Jalan", targets={2026: Decimal(50)})
    services.make_goals(
        OPERATOR, plan=one, drafts=[goal(indicators=(indicator,))], message_id=uuid4(), now=NOW
    )
    assert not keep_activity(OPERATOR, draft()).findings
    return {str(one), str(above)}


def test_plans_come_in_pages_and_open_to_goals_with_targets(plans):
    seen, cursor = [], ""
    while True:
        status, page = told(f"plans?limit=1&cursor={cursor}")
        assert status == 200
        seen += [row["uid"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert (len(seen), set(seen)) == (2, plans)
    (row,) = told("plans?level=kabupaten&year=2026")[1]["items"]
    assert (row["kind"], row["area"], row["goals"]) == ("RPJMD", REGENCY, 1)
    (held,) = told(f"plans/{row['uid']}")[1]["tree"]
    assert held["indicators"][0]["targets"] == {"2026": "50"}
    assert told("plans?is_simulated=true")[1]["items"] == []
    assert told("plans?year=2031")[1]["items"] == []
    assert told("plans?level=kelurahan")[0] == 400
    assert told(f"plans/{uuid4()}")[0] == 404


def test_activities_are_found_by_village_kind_and_year(plans):
    (row,) = told(f"activities?within={VILLAGE}&year=2027&kind=JK-TKD-11")[1]["items"]
    assert (row["code"], row["budget_idr"], row["villages"]) == ("2.13.04.2.01.0005", 250_000_000, 2)
    for nothing in ("within=62.02", "year=2026", "kind=JK-AIR-01", "level=provinsi", "is_simulated=true"):
        assert told(f"activities?{nothing}")[1]["items"] == [], nothing


def test_an_answer_that_is_known_is_not_sent_again(plans):
    first = Client().get(f"{AT}/plans")
    again = Client().get(f"{AT}/plans", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_findings_are_for_who_may_read_them(plans, world):
    assert services.run_alignment(OPERATOR, under=PROVINCE, year=2027, now=NOW)
    query = queries.alignment.FindingQuery(2027, PROVINCE)
    known = {str(one.uid) for one in queries.alignment.findings(OPERATOR, query)}
    assert models.AlignmentRun.objects.count() == 1
    assert known
    address = f"findings?under={PROVINCE}&year=2027&limit=500"
    assert told(address)[0] in {401, 403}
    client = Client()
    client.force_login(get_user_model().objects.get(pk=world.ids["perencana"]))
    status, page = told(address, client)
    assert status == 200
    assert {row["uid"] for row in page["items"]} == known
    assert all(row["message"] and row["remedy"] for row in page["items"])
    assert told("findings?year=2027", client)[0] == 400
