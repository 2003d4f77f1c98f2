"""The calendar as a file for a telephone, and how far a village's data are for its musdes."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.period import parse
from sidara.regions import queries as regions
from sidara.web.pages.dictionary.calendar_file import LONGEST_LINE, Event, written
from tests.accounts.conftest import world
from tests.web.people import client
from tests.web.test_sending import GOOD, VILLAGE, key, save
from tests.web.test_verifying import OPERATOR_A, VERIFIER, sent, text_of

__all__ = ["key", "world"]
NOW = datetime(2026, 7, 3, 2, tzinfo=UTC)


def read(text: str) -> list[dict[str, str]]:
    """Read the events of an iCalendar as a telephone does: unfold, then take the escapes out."""
    assert text.endswith("END:VCALENDAR\r\n")
    unfolded = text.replace("\r\n ", "")
    found = []
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)BEGIN:VALARM", unfolded, re.DOTALL):
        lines = dict(line.split(":", 1) for line in block.split("\r\n") if line)
        found.append({name: re.sub(r"\\([\\;,])", r"\1", value) for name, value in lines.items()})
    return found


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=300))
def test_any_text_is_folded_and_read_back(text):
    made = written([Event("A-1", date(2026, 7, 1), date(2026, 7, 31), text, "x")], name="Kalender", now=NOW)
    assert all(len(line.encode()) <= LONGEST_LINE for line in made.split("\r\n"))
    assert "\n" not in made.replace("\r\n", "")
    (one,) = read(made)
    assert one["SUMMARY"] == "".join(sign for sign in text if sign.isprintable())
    assert (one["DTSTART;VALUE=DATE"], one["DTEND;VALUE=DATE"]) == ("20260701", "20260801")
    assert (one["UID"], one["DTSTAMP"]) == ("A-1@sidara", "20260703T020000Z")


@pytest.mark.django_db
def test_due_days_and_steps_of_planning_come_as_a_file():
    answer = Client().get("/kalender/sidara.ics?tahun=2026")
    assert answer["Content-Type"].startswith("text/calendar")
    events = read(answer.content.decode())
    due = {one["SUMMARY"]: one["DTSTART;VALUE=DATE"] for one in events}
    assert due["Jatuh tempo: Formulir semesteran, semester 1 2026"] == "20260731"
    assert due["Musdes perencanaan RKP Desa"] == "20260601"
    assert len({one["UID"] for one in events}) == len(events)
    assert 'href="/kalender/sidara.ics?tahun=2026"' in text_of(Client().get("/kalender?tahun=2026"))


@pytest.mark.django_db
def test_a_village_sees_how_far_its_data_are_for_its_decisions(world, key):
    save(key, **GOOD)
    place = regions.resolve(OPERATOR, VILLAGE)
    opening = dictionary.opening(OPERATOR, key.form, parse(key.period), place.id)
    address = f"/kalender?tahun={min(one.starts_date for one in opening.needs if one.starts_date).year}"
    own, other = client(world, OPERATOR_A), client(world, VERIFIER)
    link = f'href="/kirim/{key.form}/{key.region}/{key.period}"'
    before = text_of(own.get(address))
    assert "bagi perencanaan" in before
    assert link in before
    assert "0 dari" in before
    assert "bagi perencanaan" not in text_of(other.get(address)), "several villages: none is chosen"
    assert "bagi perencanaan" in text_of(other.get(f"{address}&wilayah={VILLAGE}"))
    assert "bagi perencanaan" not in text_of(Client().get(f"{address}&wilayah={VILLAGE}"))
    sent(world, key, KEP_006="5")
    after = text_of(own.get(address))
    assert link not in after
    assert "1 dari" in after
