"""Send, withdraw, endorse through the services: what holds back, what is locked, what is kept."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from typer.testing import CliRunner

from sidara.checks.core import Stage
from sidara.cli import build
from sidara.collection import models as collection_models
from sidara.collection import queries as collection
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.exits import Exit
from sidara.verification import cli, models, queries
from sidara.verification.core import Level, Position, Step
from sidara.web.pages.entry import tasks
from tests.collection.test_filing import imported
from tests.verification.conftest import (
    COLLEAGUE,
    GOOD,
    HEAD,
    NOW,
    PEOPLE,
    SENDER,
    VILLAGE,
    codes,
    endorse,
    person,
    save,
    send,
    withdraw,
)

pytestmark = pytest.mark.usefixtures("register")
CHAIN = queries.chain(OPERATOR, "KEP_SEMESTER", "KEP")


def level(key=PEOPLE):
    return queries.standing(SENDER, key).level


def test_a_form_goes_from_draft_to_endorsed_and_every_cell_with_it():
    save(*GOOD)
    assert level() is Level.DRAFT
    done = send()
    assert (done.is_done, done.level, done.findings) == (True, Level.SENT, ())
    held = queries.standing(SENDER, PEOPLE)
    assert (held.whole, held.cells) == (Position(Level.SENT), {})
    assert held.waiting(CHAIN) == {Step.VILLAGE}
    assert endorse().level is Level.ENDORSED
    held = queries.standing(HEAD, PEOPLE)
    assert (held.whole, held.cells) == (Position(Level.ENDORSED), {})
    assert held.waiting(CHAIN) == {Step.DISTRICT}
    assert [(one.act, one.actor_name) for one in held.events] == [
        ("send", "Contoh operator-desa"),
        ("endorse", "Contoh kepala-desa"),
    ]


@pytest.mark.parametrize(
    ("form", "region", "code", "remedy"),
    [
        ("kep_semester", VILLAGE, "FORM_UNKNOWN", "Mungkin yang dimaksud: KEP_SEMESTER."),
        ("KEP_SEMESTER", "62.99.99.2001", "REGION_UNKNOWN", "Periksa kodenya, misalnya 62.01.02.2016."),
    ],
)
def test_a_form_or_a_region_that_is_none_is_told_as_at_every_door(form, region, code, remedy):
    (one,) = send(key=SubmissionKey(form, region, "2026-S1"), seen=0).findings
    assert (one.code, one.remedy) == (code, remedy)


def test_nothing_is_sent_before_it_is_filled_and_free_of_errors():
    assert codes(send()) == ["SEND_NOTHING"]
    save(*GOOD[:3], ("KEP_004", "300"))
    done = send()
    assert codes(done) == ["SEND_BLOCKED"]
    assert "KEP_004_a" in {one.finding.rule for one in done.blocking}
    assert level() is Level.DRAFT
    assert not models.Event.objects.exists()
    save(("KEP_004", "30"))
    assert send().is_done


def test_a_warning_holds_back_until_somebody_explains_it():
    save(*GOOD[:3], Given("KEP_004", state="tidak_tahu"))
    done = send()
    assert codes(done) == ["SEND_BLOCKED"]
    assert {one.finding.code for one in done.blocking} == {"REASON_MISSING"}
    save(Given("KEP_004", state="tidak_tahu", explanation="Belum didata dusun seberang."))
    assert send().is_done


def test_cells_are_locked_from_sending_until_withdrawal():
    save(*GOOD)
    send()
    changed = save(("KEP_004", "31"), ("KEP_006", "1"), ("KEP_001", "100"))
    assert changed.account.rejected == 2, "new cells are locked, too"
    assert {one.code for one in changed.account.findings} == {"CELL_LOCKED"}
    assert changed.account.unchanged == 1
    withdrawn = withdraw()
    assert (withdrawn.is_done, level()) == (True, Level.DRAFT)
    assert save(("KEP_004", "31")).account.updated == 1
    assert send().is_done
    assert save(("KEP_004", "32")).account.rejected == 1


def test_a_file_does_not_change_what_is_locked_either():
    save(*GOOD)
    send()
    lines = ("form,region,period,row,variable,breakdown,state,value,explanation",)
    lines += (
        f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_004,_T,nilai,31,",
        f"KEP_SEMESTER,{VILLAGE},2026-S1,,KEP_006,_T,nilai,1,",
    )
    done = imported("\n".join(lines))
    assert {one.code for one in done.account.findings} >= {"CELL_LOCKED"}
    assert (done.account.rejected, done.account.is_stored) == (2, False)
    assert collection.filled(SENDER, PEOPLE).state.revision == 1


def test_only_the_sender_withdraws_and_an_endorsement_lapses():
    save(*GOOD)
    assert codes(withdraw()) == ["WITHDRAW_NOT_SENT"]
    send()
    assert codes(withdraw(actor=COLLEAGUE)) == ["WITHDRAW_OTHER"]
    endorse()
    assert withdraw().is_done
    assert codes(endorse()) == ["ENDORSE_NOT_SENT"]
    send()
    assert endorse().is_done


def test_what_is_sent_or_endorsed_is_what_was_seen():
    save(*GOOD)
    save(("KEP_004", "29"))
    assert codes(send(seen=1)) == ["SEND_MOVED"]
    send()
    assert codes(endorse(seen="f" * 64)) == ["ENDORSE_MOVED"]
    assert codes(send()) == ["SEND_ALREADY"]
    assert endorse().is_done
    assert codes(endorse()) == ["ENDORSE_ALREADY"]


@pytest.mark.parametrize(
    ("moment", "found", "late"),
    [
        (datetime(2026, 6, 30, 16, 59, tzinfo=UTC), "WINDOW_NOT_OPEN", None),
        (datetime(2026, 6, 30, 17, 0, tzinfo=UTC), "", False),
        (datetime(2026, 7, 31, 16, 59, tzinfo=UTC), "", False),
        (datetime(2026, 7, 31, 17, 0, tzinfo=UTC), "", True),
        (datetime(2026, 9, 30, 16, 59, tzinfo=UTC), "", True),
        (datetime(2026, 9, 30, 17, 0, tzinfo=UTC), "WINDOW_CLOSED", None),
    ],
)
def test_the_window_decides_by_the_day_in_jakarta(moment, found, late):
    """KEP_SEMESTER 2026-S1: opens 1 July, due 31 July, late until 30 September; midnight is 17.00 UTC."""
    save(*GOOD)
    done = send(now=moment)
    assert codes(done) == ([found] if found else [])
    if late is not None:
        assert (done.event.link.is_late, done.event.due_date) == (late, date(2026, 7, 31))
        assert queries.standing(SENDER, PEOPLE).is_late == late


def test_the_same_message_again_gets_the_same_answer():
    save(*GOOD)
    message = uuid4()
    first, again = send(message=message), send(message=message)
    assert (first.event, first.is_repeated, again.event, again.is_repeated) == (
        first.event,
        False,
        first.event,
        True,
    )
    assert models.Event.objects.count() == 1
    assert codes(endorse(message=message)) == ["MESSAGE_REUSED"]
    assert codes(send(message=message, actor=COLLEAGUE)) == ["MESSAGE_REUSED"]
    taken_back = uuid4()
    withdraw(message=taken_back)
    assert withdraw(message=taken_back).is_repeated
    assert send(message=message).is_repeated, "the first answer, nothing is sent again"
    assert level() is Level.DRAFT


@pytest.mark.parametrize(
    ("act", "actor"),
    [
        (send, HEAD),
        (send, PUBLIC),
        (send, person("operator-desa", under="62.01.02.2017")),
        (send, person("verifikator-kecamatan", under="62.01.02")),
        (send, person("pendamping")),
        (withdraw, HEAD),
        (withdraw, person("operator-desa", under="62.01.02.2017")),
        (endorse, SENDER),
        (endorse, person("kepala-desa", under="62.01.02.2017")),
    ],
)
def test_who_has_not_the_right_is_refused(act, actor):
    save(*GOOD)
    before = models.Event.objects.count()
    with pytest.raises(NotAllowed):
        act(actor=actor, seen=1) if act is send else act(actor=actor)
    assert models.Event.objects.count() == before


def test_other_forms_of_the_village_are_judged_beside_what_is_sent():
    save(*GOOD)
    send()
    assert queries.stages(SENDER, VILLAGE) == {Home("KEP_SEMESTER", "2026-S1"): Stage.SENT}
    withdraw()
    assert queries.stages(SENDER, VILLAGE) == {}


def test_who_reads_one_sector_sends_and_sees_its_levels_only():
    grant = SENDER.grants[0]
    own = replace(SENDER, grants=(replace(grant, sectors=frozenset({"KEP"})),))
    stranger = replace(SENDER, grants=(replace(grant, sectors=frozenset({"TIDAK_ADA"})),))
    other = SubmissionKey("KES_TRIWULAN", VILLAGE, "2026-Q2")
    save(*GOOD)
    save(("KES_016", "1"), key=other)
    assert send(key=other).is_done
    assert send(actor=own).is_done
    assert queries.village_levels(own, VILLAGE) == {Home("KEP_SEMESTER", "2026-S1"): Level.SENT}
    assert len(queries.village_levels(SENDER, VILLAGE)) == 2
    assert len(queries.stages(own, VILLAGE)) == 2, "rules between forms weigh by all of them"
    page = tasks.build(own, today=NOW.date())
    assert {one.name.partition(":")[0] for one in page.tasks} == {"Kependudukan"}
    with pytest.raises(NotAllowed):
        queries.village_levels(stranger, VILLAGE)


def test_levels_are_handed_up_in_the_order_of_commit_once():
    save(*GOOD)
    send()
    endorse()
    withdraw()
    whole = queries.levels_since(OPERATOR, 0, limit=100)
    assert whole.rows["sequence"].to_list() == [1] * 4 + [2] * 4 + [3] * 4
    assert whole.rows["level"].to_list() == [0] * 4 + [1] * 4 + [-1] * 4
    assert set(whole.rows["period"]) == {"2026-S1"}
    pieces, cursor = [], 0
    while (part := queries.levels_since(OPERATOR, cursor, limit=2)).rows.height:
        pieces += part.rows.rows()
        cursor = part.cursor
    assert pieces == whole.rows.rows()
    assert queries.levels_since(OPERATOR, cursor, limit=5).cursor == cursor == whole.cursor
    with pytest.raises(NotAllowed):
        queries.levels_since(SENDER, 0, limit=5)


class PowerError(DatabaseError):
    """The lamp goes out."""


def failing_at(number):
    """Let the n-th statement that writes fail, as a machine that stops there would."""
    counter = itertools.count(1)

    def wrapper(execute, sql, params, many, context):
        if sql.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"} and next(counter) == number:
            raise PowerError
        return execute(sql, params, many, context)

    return wrapper


def kept():
    """How many rows each table of decisions has."""
    tables = (models.Event, models.CellLevel, models.Stand, collection_models.Lock)
    return [table.objects.count() for table in tables]


@pytest.mark.parametrize("act", [send, withdraw, endorse])
def test_a_stop_at_any_write_leaves_all_or_nothing(act):
    save(*GOOD)
    if act is not send:
        send()
    message, stops = uuid4(), 0
    for number in itertools.count(1):
        before = kept()
        try:
            with transaction.atomic(), connection.execute_wrapper(failing_at(number)):
                done = act(message=message)
        except PowerError:
            stops += 1
            assert kept() == before
            continue
        assert done.is_done
        assert not done.is_repeated
        break
    assert stops >= 2
    assert act(message=message).is_repeated
    assert list(queries.audit(OPERATOR)) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [("verification_event", "reason"), ("verification_celllevel", "level"), ("collection_lock", "reference")],
)
def test_events_levels_and_locks_only_grow(table, column):
    save(*GOOD)
    send()
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_audit_finds_what_was_changed_without_the_triggers():
    save(*GOOD)
    send()
    endorse()
    assert list(queries.audit(OPERATOR)) == []

    def tampered(statement):
        with connection.cursor() as cursor, transaction.atomic():
            for event in ("update", "delete"):
                on_table = " ON verification_event" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER verification_event_no_{event}{on_table}")
            cursor.execute(statement)
            found = {one.code for one in queries.audit(OPERATOR)}
            transaction.set_rollback(True)
        return found

    assert tampered("UPDATE verification_event SET reason = 'lain' WHERE number = 2") == {"EVENT_CHANGED"}
    assert tampered("UPDATE verification_event SET is_late = NOT is_late WHERE number = 1") == {
        "EVENT_CHANGED"
    }
    assert "EVENT_CONTENT" in tampered("UPDATE verification_event SET revision = 9 WHERE number = 1")
    assert tampered("UPDATE verification_event SET number = 3 WHERE number = 2") >= {"EVENT_MISSING"}
    assert list(queries.audit(OPERATOR)) == []
    with pytest.raises(NotAllowed):
        list(queries.audit(SENDER))


def test_the_command_is_content_only_where_both_rooms_are_whole():
    def verified():
        done = CliRunner().invoke(build(), ["audit", "verify", "--json"])
        told = json.loads(done.stdout)
        assert told["whole"] == (done.exit_code == 0)
        return done.exit_code, {one["code"] for one in told["findings"]}

    save(*GOOD)
    send()
    assert verified() == (0, set())
    with connection.cursor() as cursor:
        on_table = " ON verification_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER verification_event_no_update{on_table}")
        cursor.execute("UPDATE verification_event SET reason = 'lain'")
    assert verified() == (1, {"EVENT_CHANGED"})
    collection_models.Cell.objects.filter(value="100").update(value="101")
    assert verified() == (1, {"EVENT_CHANGED", "CELL_CHANGED"})


def run(*words):
    return CliRunner().invoke(cli.submission, list(words))


def test_the_commands_send_and_tell():
    where = ("KEP_KOSONG", "--region", VILLAGE, "--period", "2026-S1")
    assert run("send", *where).exit_code == Exit.REFUSED
    where = ("KEP_SEMESTER", "--region", VILLAGE, "--period", "2024-S1")
    key = SubmissionKey("KEP_SEMESTER", VILLAGE, "2024-S1")
    save(*GOOD, key=key)
    closed = run("send", *where, "--json")
    assert closed.exit_code == Exit.REFUSED
    assert [one["code"] for one in json.loads(closed.stdout)["findings"]] == ["WINDOW_CLOSED"]
    assert collection.filled(OPERATOR, key).state.revision == 1
    assert run("withdraw", *where).exit_code == run("endorse", *where).exit_code == Exit.REFUSED
    assert run("send", *where, "--message", "bukan").exit_code == Exit.USAGE
