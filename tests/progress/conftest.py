"""What tests of progress share: a small province with example villages, a few of which fill in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from sidara.collection import queries as collection
from sidara.collection import services as collecting
from sidara.collection.core import EXAMPLES, Source
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.submission import Key
from sidara.collection.core.village import Home
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import cells_of
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.kernel.period import parse
from sidara.progress import services
from sidara.regions import queries as regions
from sidara.regions import services as loading
from sidara.verification import services as verifying

PROVINCE = "19"
"""Kepulauan Bangka Belitung: seven kabupaten, 391 villages, so that much less is to be laid out."""
NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
"""All forms of 2025 are open, those of a year neither due nor late yet."""
TODAY = date(2026, 3, 20)


@pytest.fixture
def province(db):
    """The register with its example villages; gives the first one of three kecamatan in two kabupaten."""
    loading.load_register(OPERATOR, provinces=(PROVINCE,), clock=lambda: NOW)
    loading.add_examples(OPERATOR, province=PROVINCE, clock=lambda: NOW)
    firsts = {}
    for one in regions.villages(OPERATOR, PROVINCE, examples=True):
        firsts.setdefault(one.parent_id, one.code)
    codes = list(firsts.values())
    return codes[0], codes[1], next(code for code in codes if code[:5] != codes[0][:5])


def submitted(*villages, years=(2025,), forms=(), now=NOW, seed=7):
    """Let example villages fill in, send and endorse, some late, some not at all; what is there stays."""
    made = dictionary.dictionary(OPERATOR)
    for village in villages:
        place = regions.resolve(OPERATOR, village)
        begun = collection.homes_begun(OPERATOR, place)
        cells = {}
        answers = fill(made, village, years, seed=seed, unknown_percent=3)
        for one in cells_of(made, answers, EXAMPLES, seed=seed):
            if (not forms or one.key.form in forms) and Home(one.key.form, one.key.period) not in begun:
                cells.setdefault(one.key, []).append(one)
        for number, (key, given) in enumerate(sorted(cells.items(), key=str)):
            _one(key, given, dictionary.opening(OPERATOR, key.form, parse(key.period), place.id), number, now)


def _one(key, given, opening, number, now):
    """Fill in one form when its window opens; one in ten stays a draft, one in seven comes late."""
    opens = _moment(max(opening.opens_date, parse(key.period).last_day))
    if opens > now:
        return
    collecting.import_cells(OPERATOR, incoming=Incoming.of(given, Source.CSV), now=opens, dataset=EXAMPLES)
    late = 9 if number % 7 == 3 else -4
    sent = min(_moment(opening.due_date + timedelta(days=late)), _moment(opening.late_until))
    if number % 10 == 6 or sent > now:
        return
    outcome = _sent(key, 1, max(sent, opens))
    if not outcome.is_done:
        named = {one.key for one in outcome.blocking if one.key is not None}
        told = [
            replace(one.cell, explanation="Sudah dicocokkan dengan buku desa.")
            for one in given
            if Key(one.cell.row, one.cell.variable, one.cell.breakdown) in named
        ]
        save = collecting.Save(key, 1, uuid4(), Source.WEB, told)
        outcome = _sent(key, collecting.save_cells(OPERATOR, save=save, now=sent).revision, sent)
    if outcome.is_done and number % 6 != 5 and sent + timedelta(days=1) <= now:
        verifying.endorse_submission(
            OPERATOR,
            key=key,
            content_hash=outcome.event.link.content_hash,
            message_id=uuid4(),
            now=sent + timedelta(days=1),
        )


def _sent(key, revision, at):
    return verifying.send_submission(OPERATOR, key=key, revision=revision, message_id=uuid4(), now=at)


def _moment(day):
    return datetime.combine(day, time(2), tzinfo=UTC)


def refreshed(now=NOW):
    return services.refresh(OPERATOR, clock=lambda: now)


def rebuilt(now=NOW):
    return services.rebuild(OPERATOR, clock=lambda: now)
