"""Tugas saya: which day is told, what is left outside of the windows, what may be begun already."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.period import parse
from sidara.regions import queries as regions
from sidara.verification import services as acts
from sidara.web.pages.entry import handing, tasks
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_sending import GOOD, VILLAGE, key, save
from tests.world import World

__all__ = ["key", "world"]
MONTHLY = f"/isi/LIN_BULANAN/{VILLAGE}/2026-10"
pytestmark = pytest.mark.django_db


def build(world: World, day: date) -> tasks.Page:
    return tasks.build(world.actor("operator-desa-a"), today=day)


@pytest.mark.parametrize(
    ("day", "lead", "due"),
    [
        (date(2026, 11, 5), "Batas waktu terdekat 10 November 2026.", "10 November 2026, 5 hari lagi"),
        (date(2026, 11, 10), "Hari ini jatuh tempo: ", "10 November 2026, hari ini"),
        (
            date(2026, 11, 20),
            "terlambat; diterima sampai 30 November 2026.",
            "10 November 2026, terlambat; diterima sampai 30 November 2026",
        ),
        (
            date(2026, 11, 30),
            "Hari ini hari terakhir: ",
            "10 November 2026, terlambat; hari ini hari terakhir diterima",
        ),
    ],
)
def test_the_day_that_is_told_lies_ahead(world: World, day: date, lead: str, due: str) -> None:
    page = build(world, day)
    assert lead in page.finding
    last = min(page.tasks, key=lambda one: one.last_date)
    same = [one for one in page.tasks if one.last_date == last.last_date]
    assert len(same) > 1
    assert (f" dan {len(same) - 1} lainnya" in page.finding) is not lead.startswith("Batas")
    assert {one.due for one in page.tasks if one.href == MONTHLY} == {due}
    assert all(one.last_date >= day for one in page.tasks)


def test_what_only_waits_to_be_sent_counts_for_the_day_that_is_told(world: World, key: SubmissionKey) -> None:
    save(key, **GOOD)
    place = regions.resolve(OPERATOR, VILLAGE)
    last = dictionary.opening(OPERATOR, key.form, parse(key.period), place.id).late_until
    page = build(world, last)
    assert "1 formulir lengkap, tinggal dikirim. Hari ini hari terakhir: " in page.finding
    own = next(one for one in page.tasks if one.sending == f"/kirim/{key.form}/{VILLAGE}/{key.period}")
    assert own.is_ready
    assert own.due.endswith("terlambat; hari ini hari terakhir diterima")
    assert page.go_on.days_left == 0


def test_drafts_outside_of_their_windows_stay_in_sight_until_they_are_sent(
    world: World, key: SubmissionKey
) -> None:
    closed = SubmissionKey("KEP_TRIWULAN", VILLAGE, "2025-Q1")
    given = [Given("KEP_010", "4")]
    saving.save_cells(OPERATOR, save=saving.Save(closed, 0, uuid4(), Source.WEB, given), now=now())
    save(key, **GOOD)
    text = client(world, "operator-desa-a").get("/tugas").content.decode()
    listed = text[text.index("Draf yang tidak dapat dikirim sekarang") : text.index("Periode yang sedang")]
    assert f'href="/isi/{closed.form}/{VILLAGE}/{closed.period}"' in listed
    assert "Penerimaan formulir ini berakhir " in listed
    assert key.form not in listed
    assert "Draf yang tidak" not in client(world, "kepala-desa-a").get("/tugas").content.decode()
    place = regions.resolve(OPERATOR, VILLAGE)
    late = dictionary.opening(OPERATOR, key.form, parse(key.period), place.id).late_until + timedelta(days=1)
    drafts = {one.href for one in build(world, late).drafts}
    assert f"/isi/{key.form}/{VILLAGE}/{key.period}" in drafts
    acts.send_submission(OPERATOR, key=key, revision=1, message_id=uuid4(), now=now())
    assert drafts - {one.href for one in build(world, late).drafts} == {
        f"/isi/{key.form}/{VILLAGE}/{key.period}"
    }


def test_more_drafts_ask_the_records_no_more(world: World) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            build(world, date(2026, 11, 5))
        return len(asked)

    def begin(period: str) -> None:
        one = SubmissionKey("KEP_TRIWULAN", VILLAGE, period)
        given = [Given("KEP_010", "4")]
        saving.save_cells(OPERATOR, save=saving.Save(one, 0, uuid4(), Source.WEB, given), now=now())

    begin("2024-Q1")
    build(world, date(2026, 11, 5))
    before = questions()
    for period in ("2024-Q2", "2024-Q3", "2024-Q4"):
        begin(period)
    assert len(build(world, date(2026, 11, 5)).drafts) == 4
    assert questions() == before


def test_periods_that_run_may_be_begun(world: World) -> None:
    day = date(2026, 11, 30)
    running = {one.href: one for one in build(world, day).running}
    quarter = f"/isi/KEU_TRIWULAN/{VILLAGE}/2026-Q4"
    assert running[quarter].why == "Formulir ini baru dapat dikirim mulai 1 Januari 2027."
    assert running[quarter].period == "triwulan 4 2026"
    assert not running.keys() & {one.href for one in build(world, day).tasks}
    files = handing.files(world.actor("operator-desa-a"), today=day)
    taken = {href for one in files.running for _, href in one.files}
    assert f"{quarter}/formulir.xlsx" in taken
    typed = tasks.build(world.actor("verifikator-kecamatan-a"), today=day, code=VILLAGE)
    assert any(one.href == quarter.replace("/isi/", "/kertas/") for one in typed.running)
