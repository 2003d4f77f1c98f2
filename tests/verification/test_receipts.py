"""Receipts: the day on which a village handed its file over counts, within bounds, and is never edited."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import zxingcpp
from django.db import DatabaseError, connection, transaction
from PIL import Image
from typer.testing import CliRunner

from sidara.cli import build
from sidara.collection.core.submission import Source
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.exits import Exit
from sidara.verification import models, queries, services
from sidara.verification.core import Act, Level, Step
from sidara.verification.core.receipts import Brought
from sidara.verification.formats import receipt as paper
from tests.verification.conftest import (
    COMMUNITY,
    DISTRICT,
    GOOD,
    HEAD,
    NOW,
    PEOPLE,
    PROVINCE,
    SENDER,
    VILLAGE,
    codes,
    endorse,
    give_back,
    person,
    save,
    send,
    withdraw,
)
from tests.verification.test_verifying import HOUSES, WHY

pytestmark = pytest.mark.usefixtures("register")
HANDED = datetime(2026, 7, 30, 2, 15, tzinfo=UTC)
"""A day before the due day of KEP_SEMESTER 2026-S1 (31 July), 9.15 in Jakarta."""
AFTER = datetime(2026, 8, 3, 2, tzinfo=UTC)
"""After that day, while the window still takes what is late."""
CLOSED = datetime(2027, 3, 1, 2, tzinfo=UTC)
FILE = "a" * 64


def record(
    *, at=HANDED, now=HANDED, actor=DISTRICT, message=None, region=VILLAGE, forms=None, by="Bapak Ardi"
):
    return services.record_receipt(
        actor,
        region=region,
        forms=[(PEOPLE.form, PEOPLE.period)] if forms is None else forms,
        brought=Brought(at, by, Source.TAKE_AWAY, "hasil.txt", FILE),
        message_id=message or uuid4(),
        now=now,
    )


def filled():
    save(*GOOD)


def last():
    return queries.standing(SENDER, PEOPLE).events[-1]


def test_a_form_sent_later_counts_as_of_the_day_of_its_receipt():
    filled()
    done = record()
    assert done.is_done, done.findings
    assert send(now=AFTER).is_done
    assert not last().link.is_late
    assert done.code in last().link.reason
    assert "30 Juli 2026, 09.15 WIB" in last().link.reason
    assert not models.Stand.objects.get().is_late
    endorse()
    (one,) = queries.queue(DISTRICT, Step.DISTRICT)
    assert (one.received_at, one.is_late) == (HANDED, False)
    assert [(one.region, one.handed_at) for one in queries.handed_over(DISTRICT, under="62.01")] == [
        (VILLAGE, HANDED)
    ]
    assert list(queries.audit(OPERATOR)) == []


def test_without_a_receipt_or_with_a_late_one_it_is_late():
    filled()
    assert send(now=AFTER).is_done
    assert last().link.is_late
    withdraw(now=AFTER)
    assert record(at=AFTER, now=AFTER).is_done
    assert send(now=AFTER).is_done
    assert last().link.is_late
    assert "tanda terima" in last().link.reason


def test_a_closed_window_takes_what_was_handed_over_in_time():
    filled()
    assert codes(send(now=CLOSED)) == ["WINDOW_CLOSED"]
    record()
    assert send(now=CLOSED).is_done
    assert not last().link.is_late


def test_mending_counts_by_a_receipt_after_the_return_only():
    filled()
    record()
    send(now=HANDED)
    endorse(now=HANDED)
    later = HANDED + timedelta(days=1)
    assert give_back(Step.DISTRICT, {HOUSES: WHY}, now=later).is_done
    save(("KEP_004", "28"))
    at_last = datetime(2026, 8, 20, 2, tzinfo=UTC)
    assert codes(record(at=HANDED, now=later + timedelta(hours=1))) == ["RECEIPT_EARLY"]
    assert record(at=later + timedelta(days=2), now=later + timedelta(days=3)).is_done
    assert send(now=at_last).is_done
    assert not last().link.is_late
    assert queries.standing(SENDER, PEOPLE).level is Level.SENT


def test_the_same_message_gives_the_same_receipt_and_another_use_is_refused():
    message = uuid4()
    first = record(message=message)
    again = record(message=message)
    assert (again.code, again.is_repeated) == (first.code, True)
    assert models.Receipt.objects.count() == 1
    other = replace(DISTRICT, id=uuid4())
    assert codes(record(message=message, actor=other)) == ["MESSAGE_REUSED"]


@pytest.mark.parametrize(
    "other",
    [
        {"at": HANDED - timedelta(hours=1)},
        {"by": "Ibu Sari"},
        {"forms": [(PEOPLE.form, PEOPLE.period), ("PEM_TAHUNAN", "2026")]},
    ],
    ids=["moment", "bringer", "forms"],
)
def test_a_message_that_says_something_else_is_not_answered_with_the_receipt_of_before(other):
    message = uuid4()
    record(message=message)
    assert codes(record(message=message, **other)) == ["MESSAGE_REUSED"]
    assert models.Receipt.objects.count() == 1


def test_who_brought_it_is_kept_as_it_was_measured():
    done = record(by="Ny. " + "e\u0301" * 190)
    assert done.is_done, done.findings
    assert models.Receipt.objects.get().brought_by == "Ny. " + "\u00e9" * 190


def test_a_kecamatan_finds_its_receipts_among_many_of_others(monkeypatch):
    own = record()
    monkeypatch.setitem(queries.receipts.__globals__, "LISTED", 1)
    for at in range(2):
        done = record(actor=OPERATOR, region="62.01.01.2001", now=HANDED + timedelta(minutes=1 + at))
        assert done.is_done, done.findings
    assert [one.code for one in queries.receipts(DISTRICT)] == [own.code]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"at": HANDED + timedelta(minutes=1)}, "RECEIPT_FUTURE"),
        ({"now": HANDED + timedelta(days=8)}, "RECEIPT_OLD"),
        ({"at": NOW - timedelta(days=4), "now": NOW}, "RECEIPT_EARLY"),
        ({"by": " "}, "RECEIPT_BRINGER"),
        ({"by": "x" * 201}, "RECEIPT_BRINGER"),
        ({"forms": []}, "RECEIPT_NOTHING"),
        ({"forms": [("TIDAK_ADA", "2026")]}, "FORM_UNKNOWN"),
        ({"forms": [(PEOPLE.form, "2026-03")]}, "PERIOD_FORM"),
        ({"region": "62.01.02.9999"}, "REGION_UNKNOWN"),
        ({"region": "62.01.02", "actor": OPERATOR}, "REGION_NOT_VILLAGE"),
    ],
)
def test_what_is_outside_the_bounds_is_refused_and_leaves_nothing(wrong, code):
    assert code in codes(record(**wrong))
    assert not models.Receipt.objects.exists()


def test_back_dating_is_marked_and_bounded():
    at_most = queries.longest_back(DISTRICT)
    done = record(now=HANDED + timedelta(days=at_most))
    assert queries.receipt(PUBLIC, done.code).receipt.days_back == at_most


def test_a_form_that_was_sent_gets_no_receipt_any_more():
    filled()
    send()
    assert codes(record()) == ["RECEIPT_SENT"]


def test_a_form_that_was_sent_late_is_not_made_on_time_by_withdrawing_it():
    filled()
    send(now=AFTER)
    withdraw(now=AFTER)
    assert codes(record(now=AFTER)) == ["RECEIPT_SENT"]
    send(now=AFTER)
    assert last().link.is_late


def test_a_receipt_with_a_wrong_day_is_recorded_anew_once_its_sending_was_withdrawn():
    filled()
    done = record()
    send(now=AFTER)
    withdraw(now=AFTER)
    assert services.withdraw_receipt(DISTRICT, code=done.code, reason="Salah jam.", now=AFTER).is_done
    assert record(at=HANDED - timedelta(hours=1), now=AFTER).is_done
    send(now=AFTER)
    assert not last().link.is_late


def test_only_the_kecamatan_of_the_village_gives_receipts():
    elsewhere = person("verifikator-kecamatan", under="62.01.01", number=20)
    for actor in (SENDER, HEAD, COMMUNITY, PROVINCE, elsewhere, person("pendamping"), PUBLIC):
        with pytest.raises(NotAllowed):
            record(actor=actor)
    done = record()
    for actor in (SENDER, COMMUNITY, elsewhere, PUBLIC):
        with pytest.raises(NotAllowed):
            services.withdraw_receipt(actor, code=done.code, reason="Salah desa.", now=HANDED)
    with pytest.raises(NotAllowed):
        queries.receipts(SENDER)
    assert queries.receipts(elsewhere) == []
    with pytest.raises(NotAllowed):
        queries.handed_over(PUBLIC)
    assert queries.handed_over(elsewhere) == []


def test_it_is_withdrawn_with_a_reason_and_counts_no_more():
    filled()
    done = record()
    assert codes(services.withdraw_receipt(DISTRICT, code=done.code, reason=" ", now=AFTER)) == [
        "RECEIPT_REASON"
    ]
    colleague = replace(DISTRICT, id=uuid4(), name="Ibu Sari")
    assert services.withdraw_receipt(colleague, code=done.code, reason="Salah desa.", now=AFTER).is_done
    kept = queries.receipt(PUBLIC, done.code)
    assert (kept.receipt.actor_name, kept.withdrawn.actor_name) == (DISTRICT.name, "Ibu Sari")
    assert codes(services.withdraw_receipt(DISTRICT, code=done.code, reason="Sekali lagi.", now=AFTER)) == [
        "RECEIPT_WITHDRAWN"
    ]
    assert codes(services.withdraw_receipt(DISTRICT, code="0", reason="Sekali lagi.", now=AFTER)) == [
        "RECEIPT_NONE"
    ]
    assert queries.handed_over(DISTRICT) == []
    send(now=AFTER)
    assert last().link.is_late


def test_a_receipt_whose_day_a_sending_used_stays_until_that_is_withdrawn():
    filled()
    done = record()
    send(now=AFTER)
    assert codes(services.withdraw_receipt(DISTRICT, code=done.code, reason="Salah desa.", now=AFTER)) == [
        "RECEIPT_COUNTED"
    ]
    withdraw(now=AFTER)
    assert last().act is Act.WITHDRAW
    assert services.withdraw_receipt(DISTRICT, code=done.code, reason="Salah desa.", now=AFTER).is_done


def test_receipts_are_numbered_chained_and_never_changed():
    first, second = record(), record(forms=[("EKO_TAHUN", "2025")], at=HANDED, now=HANDED)
    second = second if second.is_done else record()
    one, two = (queries.receipt(PUBLIC, done.code).receipt for done in (first, second))
    assert (one.number, two.number, two.previous) == (1, 2, one.content_hash)
    assert list(queries.audit_receipts(OPERATOR)) == []
    for table in ("receipt", "receiptform"):
        for act in (f"UPDATE verification_{table} SET form_name = ''", f"DELETE FROM verification_{table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act.replace("SET form_name", "SET brought_by") if table == "receipt" else act)
    with transaction.atomic():
        with connection.cursor() as cursor:
            on_table = " ON verification_receipt" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER verification_receipt_no_update{on_table}")
            cursor.execute("UPDATE verification_receipt SET brought_by = 'Orang lain' WHERE number = 2")
        assert [found.code for found in queries.audit_receipts(OPERATOR)] == ["RECEIPT_CHANGED"]
        transaction.set_rollback(True)


def test_the_paper_says_it_and_leads_to_its_check_page():
    done = record()
    kept = queries.receipt(PUBLIC, done.code)
    address = paper.address_of("https://sidara.example/", done.code)
    (page,) = paper.pictures(kept.receipt, address)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    assert code.text == address == f"https://sidara.example/tanda-terima/{done.code}"
    told = paper.laid_out(kept.receipt, address)
    assert told["handed"] == "30 Juli 2026, 09.15 WIB"
    assert (told["by"], told["file"], told["number"]) == ("Bapak Ardi", FILE, "1/62.01.02/2026")
    assert paper.write(kept.receipt, address) == paper.write(kept.receipt, address)


def test_by_command(tmp_path):
    run = CliRunner()
    app = build()
    told = ["--region", VILLAGE, "--period", "2026-S2", "--by", "Bapak Ardi"]
    assert (
        run.invoke(app, ["receipt", "record", PEOPLE.form, *told, "--at", "kemarin"]).exit_code == Exit.USAGE
    )
    assert run.invoke(
        app, ["receipt", "record", PEOPLE.form, *told, "--at", "2027-01-02T09:00"]
    ).exit_code == (Exit.REFUSED)
    done = record()
    listed = run.invoke(app, ["receipt", "list", "--under", "62.01.02", "--json"])
    assert done.code in listed.stdout
    gone = run.invoke(app, ["receipt", "withdraw", done.code.lower(), "--reason", "Salah desa."])
    assert gone.exit_code == 0, gone.output
    assert "dibatalkan" in run.invoke(app, ["receipt", "list"]).stdout
