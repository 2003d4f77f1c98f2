"""Acts on many submissions in one transaction leave the same records as the same acts one by one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sidara.collection import models as collected
from sidara.collection import queries as collection
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR, NotAllowed
from sidara.regions import services as regions
from sidara.verification import models, queries, services
from sidara.verification.core import WHOLE, Act, Step
from sidara.verification.services import Order
from tests.verification.conftest import (
    DUE,
    GOOD,
    HEAD,
    NOW,
    PEOPLE,
    SENDER,
    VERIFIERS,
    VILLAGE,
    person,
    register,
    save,
)

__all__ = ["register"]
QUARTER = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2026-Q2")
YEAR = SubmissionKey("PEM_TAHUNAN", VILLAGE, "2026")
NOBODYS = SubmissionKey("KES_TRIWULAN", VILLAGE, "2026-Q2")
NEAR = tuple(SubmissionKey("KEP_SEMESTER", f"62.01.02.20{at}", "2026-S1") for at in (17, 18, 21, 23))
"""As many that they are judged together with `PEOPLE`."""
KEYS = (PEOPLE, QUARTER, YEAR, NOBODYS, *NEAR)
CELL = {PEOPLE: Key("", "KEP_001", "_T"), QUARTER: Key("", "KEP_010", "_T"), YEAR: Key("", "PEM_005", "_T")}
"""A cell of each submission that somebody may return, change, and leave unknown."""
STEPS = (*VERIFIERS,)
EVERY_SECTOR = person("opd", under="62.01", number=12, sectors={"KEP", "PEM", "KES"}, holds={VILLAGE})
ORDERS = st.tuples(
    st.sampled_from(KEYS),
    st.sampled_from(("send", "send", "endorse", "accept", "accept", "quiet", "return", "return whole")),
    st.sampled_from(STEPS),
    st.integers(0, 9),
)
SAVES = st.tuples(st.sampled_from(tuple(CELL)), st.sampled_from(("12", "900", "tidak tahu", "why")))
ROUNDS = st.lists(st.tuples(st.lists(SAVES, max_size=1), st.lists(ORDERS, max_size=6)), max_size=7)
ALL_THE_WAY = [
    ([], [(key, word, step, 5) for key in KEYS])
    for word, step in (
        ("send", STEPS[0]),
        ("endorse", STEPS[0]),
        *(("accept", step) for step in STEPS),
    )
]
MENDED = [
    *ALL_THE_WAY[:2],
    ([], [(PEOPLE, "return", Step.DISTRICT, 5), (QUARTER, "return whole", Step.DISTRICT, 5)]),
    ([(PEOPLE, "900")], [(PEOPLE, "send", Step.DISTRICT, 5), (QUARTER, "send", Step.DISTRICT, 5)]),
    ([], [(key, "endorse", Step.DISTRICT, 5) for key in KEYS]),
    ([], [(key, "quiet", Step.DISTRICT, 5) for key in KEYS]),
]
SPACE = UUID(int=62)


def order_of(number, key, word, step, luck):
    """Make an order as its author sees the submission now; some see an old one, or send a message again."""
    takes = VERIFIERS | {Step.SECTOR: EVERY_SECTOR}
    person = SENDER if word == "send" else HEAD if word == "endorse" else takes[step]
    person = OPERATOR if key in NEAR else person
    held = collection.filled(OPERATOR, key)
    seen = (held.state.revision if held else 0) - (luck == 0)
    act = {"send": Act.SEND, "endorse": Act.ENDORSE, "return": Act.RETURN, "return whole": Act.RETURN}
    is_verifying = word not in {"send", "endorse"}
    cells = {"return": {CELL.get(key, WHOLE): "Tidak cocok."}, "return whole": {WHOLE: "Tidak cocok."}}
    return Order(
        act.get(word, Act.ACCEPT),
        key,
        uuid5(SPACE, str(number - (luck == 1))),
        revision=seen,
        content_hash=held.content_hash if held and luck else "",
        step=step if is_verifying else None,
        is_quiet=word == "quiet",
        reasons=cells.get(word),
        due_date=DUE if word in cells else None,
        by=person,
    )


def alone(orders, now):
    """Carry out each order by the act on one submission."""
    made = []
    for one in orders:
        named = {"key": one.key, "message_id": one.message_id, "now": now}
        match one.act:
            case Act.SEND:
                done = services.send_submission(one.by, revision=one.revision, **named)
            case Act.ENDORSE:
                done = services.endorse_submission(one.by, content_hash=one.content_hash, **named)
            case Act.RETURN:
                done = services.return_cells(
                    one.by,
                    step=one.step,
                    reasons=one.reasons,
                    due_date=one.due_date,
                    revision=one.revision,
                    **named,
                )
            case _:
                accept = services.accept_quiet if one.is_quiet else services.accept_cells
                done = accept(one.by, step=one.step, revision=one.revision, **named)
        made.append(done)
    return made


def together(orders, now):
    return services.act_together(OPERATOR, orders=orders, now=now)


def records():
    """Give all that acts write."""
    events = models.Event.objects.order_by("sequence").values_list()
    levels = models.CellLevel.objects.order_by("sequence").values_list()
    stands = models.Stand.objects.order_by("submission").values_list()
    said = ("submission", "is_locked", "opened", "reference", "made_at")
    locks = collected.Lock.objects.order_by("id").values_list(*said)
    return [list(one) for one in (events, levels, stands, locks)]


def told(rounds, act):
    """Carry out rounds of saves and orders, look, and take it all back."""
    with transaction.atomic():
        made = []
        for day, (saves, asked) in enumerate(rounds):
            for key, value in saves:
                cell = CELL[key].variable
                save(
                    Given(cell, "", "tidak tahu")
                    if value == "tidak tahu"
                    else Given(cell, "100", explanation="penjelasan")
                    if value == "why"
                    else Given(cell, value),
                    key=key,
                )
            orders = [order_of(10 * day + number, *one) for number, one in enumerate(asked)]
            made.append(act(orders, NOW + timedelta(days=day)))
        left = records()
        assert not list(queries.audit(OPERATOR))
        transaction.set_rollback(True)
    return made, left


class Village(TestCase):
    """Each example in a transaction of its own, over the same forms."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Fill a form of which nothing is said, one of few cells, one with an error."""
        regions.load_register(OPERATOR, provinces=["62"], clock=lambda: NOW)
        save(*GOOD)
        for key in NEAR:
            save(*GOOD, key=key, actor=OPERATOR)
        save(("KEP_010", "1"), ("KEP_011", "2"), key=QUARTER)
        save(("PEM_005", "7"), ("PEM_006", "4"), key=YEAR)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rounds=ROUNDS)
    @example(rounds=ALL_THE_WAY)
    @example(rounds=MENDED)
    def test_together_is_one_by_one(self, rounds) -> None:
        assert told(rounds, together) == told(rounds, alone)


@pytest.mark.django_db
def test_who_may_not_refuses_all_of_it(register):
    save(*GOOD)
    save(("KEP_010", "1"), key=QUARTER)
    orders = [order_of(1, PEOPLE, "send", None, 5), order_of(2, QUARTER, "endorse", None, 5)]
    wrong = Order(Act.SEND, QUARTER, UUID(int=4), revision=1, by=HEAD)
    with pytest.raises(NotAllowed):
        together([*orders, wrong], NOW)
    assert not models.Event.objects.exists()


@pytest.mark.django_db
def test_one_message_does_one_thing_among_many_too(register):
    for key in (PEOPLE, NEAR[0]):
        save(*GOOD, key=key, actor=OPERATOR)
    together([order_of(at, key, "send", None, 5) for at, key in enumerate((PEOPLE, NEAR[0]))], NOW)
    done = together([order_of(7, key, "endorse", None, 5) for key in (PEOPLE, NEAR[0])], NOW)
    assert [[found.code for found in one.findings] for one in done] == [[], ["MESSAGE_REUSED"]]


@pytest.mark.django_db
def test_a_submission_that_is_named_in_two_ways_is_one(register):
    save(*GOOD)
    together([order_of(1, PEOPLE, "send", None, 5)], NOW)
    bare = replace(PEOPLE, region=VILLAGE.replace(".", ""))
    one = order_of(2, PEOPLE, "endorse", None, 5)
    done = together([replace(one, key=bare), replace(one, message_id=UUID(int=3))], NOW)
    assert [[found.code for found in one.findings] for one in done] == [[], ["ENDORSE_ALREADY"]]


@pytest.mark.django_db
def test_what_is_done_to_all_cells_alike_reads_none_of_them(register, django_assert_max_num_queries):
    save(*GOOD)
    together([order_of(1, PEOPLE, "send", None, 5)], NOW)
    orders = [order_of(2, PEOPLE, "endorse", None, 5)]
    with django_assert_max_num_queries(40) as asked:
        assert [one.is_done for one in together(orders, NOW)] == [True]
    assert not any('FROM "collection_cell"' in one["sql"] for one in asked.captured_queries)
