"""Accept, return, correct through the services: one form on its way from the village to final and back."""

import itertools
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from sidara.collection import queries as collection
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.actor import OPERATOR, NotAllowed
from sidara.verification import models, queries
from sidara.verification.core import WHOLE, Level, Position, Step
from tests.verification.conftest import (
    COMMUNITY,
    DISTRICT,
    DUE,
    GOOD,
    HEAD,
    NOW,
    PEOPLE,
    SECTOR,
    SENDER,
    VILLAGE,
    accept,
    codes,
    correct,
    endorse,
    give_back,
    person,
    save,
    send,
    withdraw,
)

pytestmark = pytest.mark.usefixtures("register")
ALL, MEN, HOUSES = (Key("", code, "_T") for code in ("KEP_001", "KEP_002", "KEP_004"))
WOMEN = Key("", "KEP_003", "_T")
WHY = "Lebih besar daripada jumlah penduduk."
LATER = datetime(2026, 8, 20, 2, tzinfo=UTC)
ABOVE = (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE)


def standing(key=PEOPLE):
    return queries.standing(SENDER, key)


def level(key=PEOPLE):
    return standing(key).level


def sent():
    save(*GOOD)
    assert send().is_done
    assert endorse().is_done


def final():
    sent()
    for step in ABOVE:
        assert accept(step).is_done


def test_each_level_stands_for_it_and_then_it_is_final():
    sent()
    reached = []
    for step in ABOVE:
        done = accept(step)
        assert done.findings == ()
        reached.append((done.level, level()))
    assert reached == [(one, one) for one in (Level.DISTRICT, Level.DISTRICT, Level.REGENCY, Level.PROVINCE)]
    assert standing().waiting(queries.chain(OPERATOR, "KEP_SEMESTER", "KEP")) == frozenset()
    assert models.CellLevel.objects.count() == 6, "one row for all cells of an act"
    assert list(queries.audit(OPERATOR)) == []


def test_pmd_and_opd_stand_side_by_side_in_any_order():
    sent()
    accept(Step.DISTRICT)
    assert accept(Step.SECTOR).level is Level.DISTRICT
    assert standing().whole == Position(Level.DISTRICT, frozenset({Step.SECTOR}))
    assert codes(accept(Step.SECTOR)) == ["ACCEPT_NOTHING"]
    assert codes(accept(Step.PROVINCE)) == ["ACCEPT_NOTHING"]
    assert accept(Step.COMMUNITY).level is Level.REGENCY


def test_a_form_of_the_office_itself_has_no_other_office_beside_it():
    key = SubmissionKey("KEU_TRIWULAN", VILLAGE, "2026-Q2")
    chain = queries.chain(OPERATOR, key.form, "KEU")
    assert [sorted(stage.steps) for stage in chain.stages] == [
        ["village"],
        ["district"],
        ["community"],
        ["province"],
    ]


def test_one_cell_returned_is_mended_and_goes_the_whole_way_while_the_others_stay():
    sent()
    assert give_back(Step.DISTRICT, {HOUSES: WHY}).level is Level.DRAFT
    held = standing()
    assert held.at(HOUSES) == Position(Level.DRAFT, is_returned=True)
    assert (held.reasons[HOUSES], held.mend_by) == (WHY, DUE)
    assert held.at(MEN).level is Level.ENDORSED
    assert codes(withdraw()) == ["WITHDRAW_VERIFIED"]
    assert codes(endorse()) == ["ENDORSE_OPEN"]
    saved = save(("KEP_004", "28"), ("KEP_002", "61"))
    assert (saved.account.updated, saved.account.rejected) == (1, 1)
    assert {one.code for one in saved.account.findings} == {"CELL_LOCKED"}
    assert accept(Step.DISTRICT).is_done, "the others need not wait"
    assert send().is_done
    held = standing()
    assert (held.at(HOUSES), held.at(MEN)) == (Position(Level.SENT), Position(Level.DISTRICT))
    assert held.reasons == {}
    assert save(("KEP_004", "27")).account.rejected == 1
    assert endorse().is_done
    assert standing().at(HOUSES).level is Level.ENDORSED
    assert accept(Step.DISTRICT, cells=[HOUSES]).level is Level.ENDORSED, "all people are tied to it"
    assert standing().at(HOUSES).level is Level.DISTRICT
    for step in ABOVE:
        accept(step)
    assert level() is Level.PROVINCE
    assert list(queries.audit(OPERATOR)) == []


def test_cells_that_a_check_ties_to_a_returned_one_are_opened_with_it():
    sent()
    give_back(Step.DISTRICT, {ALL: WHY})
    drafts = standing().drafted([ALL, MEN, WOMEN, HOUSES])
    assert {ALL, MEN, WOMEN} <= drafts, "men and women are all people"
    assert {one for one in drafts if standing().at(one).is_returned} == {ALL}
    assert save(("KEP_001", "102"), ("KEP_002", "62")).account.updated == 2
    assert send().is_done


def test_a_return_opens_nothing_that_is_final():
    final()
    correct(ALL)
    assert send().is_done
    assert endorse().is_done
    for step in ABOVE:
        cells = [MEN, WOMEN, HOUSES] if step is Step.DISTRICT else None
        assert accept(step, cells=cells).is_done or step is not Step.DISTRICT
    assert standing().at(MEN).level is Level.PROVINCE
    assert give_back(Step.DISTRICT, {ALL: WHY}).is_done
    assert standing().at(ALL).level is Level.DRAFT
    assert standing().at(MEN).level is Level.PROVINCE
    assert save(("KEP_002", "61")).account.rejected == 1


def test_a_form_that_is_returned_whole_may_be_changed_wholly():
    sent()
    accept(Step.DISTRICT)
    assert give_back(Step.SECTOR, {WHOLE: "Isian tahun lalu yang dikirim lagi."}).level is Level.DRAFT
    assert standing().whole == Position(Level.DRAFT, is_returned=True)
    assert save(("KEP_004", "28"), ("KEP_006", "1")).account.rejected == 0
    done = send(now=LATER)
    assert (done.is_done, done.event.link.is_late, done.event.due_date) == (True, True, DUE)
    assert not standing().is_late, "late is who sends late the first time"
    assert standing().whole == Position(Level.SENT)


def test_who_has_not_passed_it_on_may_still_return_it():
    sent()
    accept(Step.DISTRICT)
    accept(Step.COMMUNITY)
    assert codes(give_back(Step.DISTRICT, {MEN: WHY})) == ["RETURN_NOT_WAITING"]
    assert give_back(Step.COMMUNITY, {HOUSES: WHY}).is_done
    accept(Step.SECTOR)
    assert codes(give_back(Step.COMMUNITY, {MEN: WHY})) == ["RETURN_NOT_WAITING"]


def test_after_a_return_the_window_holds_nothing_back():
    sent()
    give_back(Step.DISTRICT, {HOUSES: WHY}, due=date(2026, 12, 1))
    save(("KEP_004", "28"))
    done = send(now=datetime(2026, 11, 30, tzinfo=UTC))
    assert (done.is_done, done.event.link.is_late) == (True, False)


@pytest.mark.parametrize(
    ("reasons", "due", "found"),
    [
        ({}, DUE, ["RETURN_NOTHING"]),
        ({HOUSES: " ok "}, DUE, ["RETURN_REASON"]),
        ({HOUSES: "x" * 2_001}, DUE, ["RETURN_REASON"]),
        ({HOUSES: WHY}, None, ["RETURN_DUE"]),
        ({HOUSES: WHY}, date(2026, 7, 2), ["RETURN_DUE"]),
        ({HOUSES: "", MEN: ""}, date(2020, 1, 1), ["RETURN_REASON", "RETURN_DUE"]),
    ],
)
def test_a_return_says_why_and_until_when(reasons, due, found):
    sent()
    assert codes(give_back(Step.DISTRICT, reasons, due=due)) == found
    assert level() is Level.ENDORSED


def test_nobody_verifies_what_was_not_sent_or_has_changed_since():
    save(*GOOD)
    assert codes(accept(Step.DISTRICT)) == ["VERIFY_NOT_SENT"]
    assert codes(give_back(Step.DISTRICT, {HOUSES: WHY})) == ["VERIFY_NOT_SENT"]
    send()
    assert codes(accept(Step.DISTRICT)) == ["ACCEPT_NOTHING"], "the head of the village comes first"
    endorse()
    give_back(Step.DISTRICT, {HOUSES: WHY})
    save(("KEP_004", "28"))
    send()
    endorse()
    assert codes(accept(Step.DISTRICT, seen=1)) == ["VERIFY_MOVED"]
    assert codes(give_back(Step.DISTRICT, {HOUSES: WHY}, seen=1)) == ["VERIFY_MOVED"]
    assert accept(Step.DISTRICT, seen=1, cells=[MEN]).is_done, "what was seen is as it was"


def test_a_correction_of_a_final_figure_passes_the_chain_again():
    final()
    assert codes(correct(HOUSES, reason="x")) == ["CORRECT_REASON"]
    assert codes(correct()) == ["CORRECT_NOTHING"]
    assert save(("KEP_004", "29")).account.rejected == 1
    assert correct(HOUSES).level is Level.DRAFT
    assert standing().at(MEN).level is Level.PROVINCE
    assert codes(correct(HOUSES)) == ["CORRECT_NOT_FINAL"]
    assert save(("KEP_004", "29")).account.updated == 1
    assert send(now=datetime(2027, 3, 1, tzinfo=UTC)).is_done
    assert endorse().is_done
    for step in ABOVE:
        assert accept(step).is_done
    assert level() is Level.PROVINCE
    assert list(queries.audit(OPERATOR)) == []


@pytest.mark.parametrize(
    ("step", "actor"),
    [
        (Step.DISTRICT, SENDER),
        (Step.DISTRICT, HEAD),
        (Step.DISTRICT, COMMUNITY),
        (Step.DISTRICT, person("verifikator-kecamatan", under="62.01.01", holds={"62.01.01.2001"})),
        (Step.COMMUNITY, DISTRICT),
        (Step.COMMUNITY, person("pmd-kabupaten", under="62.02", holds={"62.02.01.2001"})),
        (Step.SECTOR, COMMUNITY),
        (Step.SECTOR, person("opd", under="62.01", sectors={"KES"}, holds={VILLAGE})),
        (Step.SECTOR, person("opd", under="62", sectors={"KEP"}, holds={VILLAGE})),
        (Step.PROVINCE, SECTOR),
        (Step.PROVINCE, COMMUNITY),
    ],
)
def test_nobody_takes_a_step_outside_his_role_area_and_sector(step, actor):
    sent()
    with pytest.raises(NotAllowed):
        accept(step, actor=actor)
    with pytest.raises(NotAllowed):
        give_back(step, {HOUSES: WHY}, actor=actor)
    assert level() is Level.ENDORSED


def test_a_message_is_carried_out_once_and_names_one_act():
    sent()
    message = uuid4()
    assert not accept(Step.DISTRICT, message=message).is_repeated
    assert accept(Step.DISTRICT, message=message).is_repeated
    assert codes(give_back(Step.DISTRICT, {HOUSES: WHY}, message=message)) == ["MESSAGE_REUSED"]
    assert codes(accept(Step.COMMUNITY, message=message)) == ["MESSAGE_REUSED"]
    assert models.Event.objects.count() == 3


def test_a_queue_has_what_waits_for_a_step_and_no_more():
    sent()
    (one,) = queries.queue(DISTRICT, Step.DISTRICT)
    assert (one.form, one.region, one.period, one.level) == (*PEOPLE_PARTS, Level.ENDORSED)
    assert (one.since, one.due_date, one.is_late, one.doubts, one.returned) == (
        NOW,
        date(2026, 7, 31),
        False,
        0,
        0,
    )
    assert queries.queue(COMMUNITY, Step.COMMUNITY) == []
    give_back(Step.DISTRICT, {HOUSES: WHY}, now=LATER, due=date(2026, 9, 1))
    (left,) = queries.queue(DISTRICT, Step.DISTRICT, under="62.01", form="KEP_SEMESTER", period="2026-S1")
    assert (left.returned, left.level) == (1, Level.DRAFT), "the other cells still wait"
    accept(Step.DISTRICT, now=LATER)
    assert queries.queue(DISTRICT, Step.DISTRICT) == []
    assert len(queries.queue(SECTOR, Step.SECTOR)) == len(queries.queue(COMMUNITY, Step.COMMUNITY)) == 1
    assert queries.queue(COMMUNITY, Step.COMMUNITY, under="62.02") == []
    assert queries.queue(person("opd", under="62.01", sectors={"KES"}, holds={VILLAGE}), Step.SECTOR) == []
    with pytest.raises(NotAllowed):
        queries.queue(SENDER, Step.DISTRICT)


PEOPLE_PARTS = (PEOPLE.form, PEOPLE.region, PEOPLE.period)


def test_a_step_that_leaves_some_of_it_lying_does_not_begin_its_wait_anew():
    sent()
    accept(Step.DISTRICT, cells=[HOUSES], now=LATER)
    (left,) = queries.queue(DISTRICT, Step.DISTRICT)
    assert left.since == NOW, "the other cells lie there since they came"
    accept(Step.DISTRICT, now=LATER)
    (beside,) = queries.queue(SECTOR, Step.SECTOR)
    assert beside.since == LATER, "it comes into the next hands when the last cell does"
    accept(Step.COMMUNITY, now=LATER + timedelta(days=3))
    (beside,) = queries.queue(SECTOR, Step.SECTOR)
    assert beside.since == LATER, "who acts beside a step ends no wait of that one"


def test_levels_of_single_cells_are_handed_up_with_those_of_all():
    sent()
    give_back(Step.DISTRICT, {HOUSES: WHY})
    rows = queries.levels_since(OPERATOR, 0, limit=100).rows
    told = [(row["variable"], row["level"]) for row in rows.iter_rows(named=True)]
    four = ["KEP_001", "KEP_002", "KEP_003", "KEP_004"]
    assert told[:8] == [(code, 0) for code in four] + [(code, 1) for code in four]
    assert ("KEP_004", -1) in told[8:]
    assert len(told[8:]) == len(standing().cells)


def test_a_cell_that_is_empty_can_be_returned_to_be_filled():
    sent()
    missing = Key("", "KEP_006", "_T")
    assert give_back(Step.DISTRICT, {missing: "Belum diisi, padahal ada datanya."}).is_done
    assert save(("KEP_006", "12")).account.created == 1
    assert send().is_done
    assert standing().at(missing).level is Level.SENT


class PowerError(DatabaseError):
    """The lamp goes out."""


def kept():
    tables = (models.Event, models.CellLevel)
    return [table.objects.count() for table in tables], list(
        models.Stand.objects.values_list("level", "number")
    )


@pytest.mark.parametrize("act", ["accept", "return", "correct", "resend"])
def test_a_stop_at_any_write_leaves_all_or_nothing(act):
    final() if act == "correct" else sent()
    if act == "resend":
        give_back(Step.DISTRICT, {HOUSES: WHY})
    message = uuid4()
    done_by = {
        "accept": lambda: accept(Step.DISTRICT, message=message),
        "return": lambda: give_back(Step.DISTRICT, {HOUSES: WHY}, message=message),
        "correct": lambda: correct(HOUSES, message=message),
        "resend": lambda: send(message=message),
    }[act]
    stops = 0
    for number in itertools.count(1):
        before, counter = kept(), itertools.count(1)

        def wrapper(execute, sql, params, many, context, counter=counter, number=number):
            if sql.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"} and next(counter) == number:
                raise PowerError
            return execute(sql, params, many, context)

        try:
            with transaction.atomic(), connection.execute_wrapper(wrapper):
                done = done_by()
        except PowerError:
            stops += 1
            assert kept() == before
            continue
        assert done.is_done
        assert not done.is_repeated
        break
    assert stops >= 3
    assert done_by().is_repeated
    assert list(queries.audit(OPERATOR)) == []


@pytest.mark.parametrize("what", ["level", "reason", "row", "all", "all-reason", "alike"])
def test_the_audit_finds_levels_that_were_changed_behind_the_back(what):
    sent()
    give_back(Step.DISTRICT, {WHOLE if what == "all-reason" else HOUSES: WHY})
    assert list(queries.audit(OPERATOR)) == []
    table = models.CellLevel._meta.db_table
    events = models.Event._meta.db_table
    words = {
        "all": f"UPDATE {table} SET level = 4 WHERE variable = '*' AND level = 1",
        "all-reason": f"UPDATE {table} SET reason = 'lain' WHERE reason <> ''",
        "alike": f"UPDATE {events} SET is_whole = {'true' if connection.vendor == 'postgresql' else 1}",
        "level": f"UPDATE {table} SET level = 4 WHERE reason <> ''",
        "reason": f"UPDATE {table} SET reason = 'lain' WHERE reason <> ''",
        "row": f"DELETE FROM {table} WHERE reason <> ''",
    }[what]
    with connection.cursor() as cursor:
        for name, event in itertools.product(("celllevel", "event"), ("update", "delete")):
            on = f" ON verification_{name}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER verification_{name}_no_{event}{on}")
        cursor.execute(words)
    assert "EVENT_CELLS" in {one.code for one in queries.audit(OPERATOR)}


def test_explanations_that_were_needed_make_a_submission_doubtful():
    save(*GOOD[:3], Given("KEP_004", state="tidak_tahu", explanation="Belum didata dusun seberang."))
    assert send().is_done
    endorse()
    (one,) = queries.queue(DISTRICT, Step.DISTRICT)
    assert one.doubts == 1
    assert collection.filled(SENDER, PEOPLE).state.is_locked


def test_a_message_says_the_same_cells_and_reasons_again_or_is_refused():
    sent()
    returned, accepted_, corrected = uuid4(), uuid4(), uuid4()
    assert give_back(Step.DISTRICT, {HOUSES: WHY}, message=returned).is_done
    assert give_back(Step.DISTRICT, {HOUSES: f" {WHY} "}, message=returned).is_repeated
    assert codes(give_back(Step.DISTRICT, {HOUSES: "Alasan lain sama sekali."}, message=returned)) == [
        "MESSAGE_REUSED"
    ]
    women = Key("", "KEP_003", "_T")
    assert codes(give_back(Step.DISTRICT, {women: WHY}, message=returned)) == ["MESSAGE_REUSED"]
    assert accept(Step.DISTRICT, cells=[women], message=accepted_).is_done
    assert accept(Step.DISTRICT, cells=[women], message=accepted_).is_repeated
    assert codes(accept(Step.DISTRICT, cells=[HOUSES], message=accepted_)) == ["MESSAGE_REUSED"]
    save(("KEP_004", "28"))
    send()
    endorse()
    for step in (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE):
        accept(step)
    assert correct(HOUSES, message=corrected).is_done
    assert correct(HOUSES, message=corrected).is_repeated
    assert codes(correct(HOUSES, message=corrected, reason="Alasan lain.")) == ["MESSAGE_REUSED"]
    assert codes(correct(Key("", "KEP_002", "_T"), message=corrected)) == ["MESSAGE_REUSED"]
