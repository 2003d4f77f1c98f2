"""Target lists: kept with the figures of the day, once a message, in one's own area."""

from uuid import uuid4

import pytest

from sidara.kernel.actor import PUBLIC, NotAllowed
from sidara.programmes import models, services
from sidara.programmes.services import ChosenVillage
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW, OTHER, REGENCY, planner

register = register_62
VILLAGES = (
    ChosenVillage("62.01.02.2016", {"IDM.STATUS": "TERTINGGAL"}),
    ChosenVillage("62.01.03.2001", {"IDM.STATUS": None}),
)


def keep(actor, **changed):
    asked = {
        "name": "Desa tanpa air bersih",
        "area": REGENCY,
        "villages": VILLAGES,
        "rule": {"kind": "list"},
        "basis": {"datasets": ["external:idm-2024"]},
        "message_id": uuid4(),
    }
    return services.keep_target_list(actor, **(asked | changed), now=NOW)


def test_a_list_keeps_its_villages_in_order_with_the_figures_of_the_day(register):
    made = keep(planner("perencana", REGENCY))
    assert made.is_done
    held = models.TargetList.objects.get(uid=made.uid)
    assert held.as_of_date.isoformat() == "2026-11-24"
    assert list(held.villages.values_list("region__code", "rank", "figures")) == [
        ("62.01.02.2016", 1, {"IDM.STATUS": "TERTINGGAL"}),
        ("62.01.03.2001", 2, {"IDM.STATUS": None}),
    ]
    event = models.ProgrammeEvent.objects.get(subject_uid=made.uid)
    assert (event.subject, event.act, event.actor_name) == ("target_list", "keep", "Contoh perencana")


def test_the_same_message_twice_is_nothing_and_with_other_content_refused(register):
    actor, message = planner("perencana", REGENCY), uuid4()
    first = keep(actor, message_id=message)
    again = keep(actor, message_id=message)
    assert (again.uid, again.is_repeated) == (first.uid, True)
    other = keep(actor, message_id=message, name="Lain")
    assert [one.code for one in other.findings] == ["MESSAGE_REUSED"]
    assert models.TargetList.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"villages": ()}, "TARGET_LIST_EMPTY"),
        ({"name": " "}, "TARGET_LIST_NAME"),
        ({"villages": (*VILLAGES, VILLAGES[0])}, "VILLAGE_TWICE"),
        ({"villages": (ChosenVillage("62.03.01.1006"),)}, "VILLAGE_OUTSIDE"),
        ({"villages": (ChosenVillage("62.01.02"),)}, "REGION_UNKNOWN"),
        ({"villages": (ChosenVillage("99.99.99.9999"),)}, "REGION_UNKNOWN"),
        ({"villages": (ChosenVillage(VILLAGES[0].code, {"need": float("nan")}),)}, "TEXT_CONTROL"),
        ({"name": "a\x00"}, "TEXT_CONTROL"),
    ],
)
def test_what_a_user_can_mend_is_a_finding_and_nothing_is_kept(register, changed, code):
    assert code in [one.code for one in keep(planner("perencana", REGENCY), **changed).findings]
    assert not models.TargetList.objects.exists()


def test_only_who_targets_in_that_area_keeps_a_list(register):
    for actor in (planner("perencana", OTHER), planner("pimpinan", REGENCY), PUBLIC):
        with pytest.raises(NotAllowed):
            keep(actor)
