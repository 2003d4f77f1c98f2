"""Indices out of what villages answered in SIDARA: those of a file of the same cells, by level and day."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from sidara.collection import queries as held
from sidara.collection import services as collecting
from sidara.collection.core import COLLECTION, Source
from sidara.collection.core.answering import Given
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import cells_of
from sidara.dictionary import queries as dictionary
from sidara.indices import queries
from sidara.indices.cli import APPS
from sidara.indices.queries import CollectedQuery
from sidara.kernel.actor import OPERATOR, PUBLIC
from sidara.kernel.exits import Exit
from sidara.verification.core import Step
from sidara.warehouse import services
from tests.collection.conftest import register as register_62
from tests.verification.conftest import SENDER, VERIFIERS, VILLAGE, accept, codes, correct, endorse, send
from tests.warehouse.test_submissions import folder as facts_folder

register, folder = register_62, facts_folder
pytestmark = pytest.mark.django_db
OTHER = "62.01.02.2017"
DONE = datetime(2026, 3, 3, 2, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 2, tzinfo=UTC)


def index_of(slug):
    return queries.definition(PUBLIC, slug)


def ask(slug="idm", actor=OPERATOR, **more):
    query = CollectedQuery(COLLECTION, **({"under": "62.01.02"} | more))
    return queries.collected(actor, index_of(slug), query, clock=lambda: LATER)


@pytest.fixture
def filled(register, folder, tmp_path):
    """Two villages with what both indices read, one without the form of health; the same cells as a file."""
    made = dictionary.dictionary(OPERATOR)
    read = {
        made.variables[name].form
        for feed in made.feeds.values()
        for one in feed.inputs
        for name in one.variables
    }
    answers, given = [], []
    for region, left_out in ((VILLAGE, ""), (OTHER, "KES_TAHUNAN")):
        whole = fill(made, region, (2025,), seed=7, is_clear=True)
        cells = {
            key: cell
            for key, cell in whole.cells.items()
            if made.variables[key[0]].form in read and made.variables[key[0]].form != left_out
        }
        lists = {key: rows for key, rows in whole.lists.items() if made.lists[key[0]].form in read}
        answers.append(replace(whole, cells=cells, lists=lists))
        given += cells_of(made, answers[-1], COLLECTION, seed=7)
    done = collecting.import_cells(
        OPERATOR, incoming=Incoming.of(given, Source.CSV), now=DONE, dataset=COLLECTION
    )
    assert not done.account.rejected, done.account.findings[:3]
    services.refresh(OPERATOR)
    dictionary.cells_of_answers(OPERATOR, answers).write_csv(tmp_path / "sel.csv")
    return tmp_path / "sel.csv"


def test_the_index_from_facts_is_the_index_of_the_same_cells_as_a_file(filled):
    for slug in ("idm", "indeks-desa"):
        found = ask(slug, least_level=None, year=2025)
        file = queries.compute_cells(OPERATOR, index_of(slug), filled, year=2025)
        assert found.frame.height == 2
        assert found.frame.equals(file.frame), slug
        whole, gaps = found.villages
        assert (whole.region, gaps.region) == (VILLAGE, OTHER)
        assert gaps.low < gaps.high
        assert gaps.answered < whole.answered <= whole.items
        assert (whole.final, whole.level) == (0, -1)
        alone = ask(slug, least_level=None, year=2025, under=None, codes=(OTHER,))
        assert alone.villages == (gaps,), "one village is told as among all"
    assert ask(least_level=None).villages == ask(least_level=None, year=2025).villages
    (first, _) = ask(least_level=None).villages
    assert first.value is not None, "several options are among the facts, so that no item stays open"


PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2025-S2")
ABOVE = tuple(VERIFIERS)
BEGUN = datetime(2026, 1, 5, 2, tzinfo=UTC)


def on(day, *cells):
    """Save some cells of the population on a day of January."""
    now = BEGUN + timedelta(days=day)
    filled_in = held.filled(SENDER, PEOPLE)
    given = [Given(code, text) for code, text in cells]
    one = collecting.Save(PEOPLE, filled_in.state.revision if filled_in else 0, uuid4(), Source.WEB, given)
    assert collecting.save_cells(SENDER, save=one, now=now).account.is_clean
    return now


def up(day, *steps):
    """Send and endorse what is filled in, and let these steps accept it; gives the day."""
    now = BEGUN + timedelta(days=day)
    for done in (send(key=PEOPLE, now=now), endorse(key=PEOPLE, now=now)):
        assert done.is_done, codes(done)
    return accepted(day, *steps)


def accepted(day, *steps):
    """Let steps accept what waits for them; gives the day."""
    now = BEGUN + timedelta(days=day)
    for step in steps:
        assert accept(step, key=PEOPLE, now=now).is_done
    return now.date()


def people(**more):
    """The one village, and the number of people that its index read."""
    services.refresh(OPERATOR)
    found = ask(year=2025, **more)
    if not found.villages:
        return None
    (one,) = found.villages
    return one, found.frame["jumlah_penduduk"].item()


def test_level_and_day_choose_what_counts_and_a_correction_keeps_the_old_figure(register, folder):
    on(0, ("KEP_001", "1000"), ("KEP_002", "600"), ("KEP_003", "400"), ("KEP_004", "300"))
    assert people() is None, "a draft is not final"
    assert people(least_level=0) is None, "nor sent"
    assert people(least_level=None)[1] == "1000"
    up(1, Step.DISTRICT)
    assert people() is None
    sent, _ = people(least_level=0)
    assert (sent.level, sent.final, sent.is_between, sent.value) == (2, 0, True, None)
    final_day = accepted(2, *ABOVE[1:])
    final, read = people()
    assert (read, final.level, final.newest.date()) == ("1000", 4, final_day)
    assert final.low < final.high
    assert correct(Key("", "KEP_001", "_T"), key=PEOPLE, now=BEGUN + timedelta(days=4)).is_done
    on(5, ("KEP_001", "1100"), ("KEP_002", "700"))
    assert people() is None, "what is being corrected is not final, nor what hangs together with it"
    up(6, *ABOVE)
    assert people()[1] == "1100"
    assert people(as_of=final_day)[1] == "1000", "the old figure as of its day"
    assert people(as_of=BEGUN.date()) is None


def test_rights_and_faults_are_those_of_ask(register, folder):
    hidden = ask(actor=PUBLIC)
    assert ([one.code for one in hidden.findings], hidden.villages) == (["DATASET_UNKNOWN"], ())
    on(0, ("KEP_001", "1000"))
    services.refresh(OPERATOR)
    hidden = ask(actor=PUBLIC, year=2025, least_level=None)
    assert ([one.code for one in hidden.findings], hidden.villages) == (["DATASET_UNKNOWN"], ())
    assert [one.code for one in ask(under="62.01.99").findings] == ["REGION_UNKNOWN"]
    assert [one.code for one in ask(as_of=(LATER + timedelta(days=2)).date()).findings] == ["AS_OF_IN_FUTURE"]
    nobody = ask()
    assert (nobody.year, nobody.villages, nobody.is_refused) == (None, (), False)
    assert nobody.expected > 1
    assert ask(least_level=None).villages == (), "half a year is no year"


def test_the_command_tells_figures_and_who_stands_for_them(register, folder):
    on(0, ("KEP_001", "1000"))
    services.refresh(OPERATOR)
    asked = ["collected", "idm", "--under", "62.01.02", "--year", "2025"]
    done = CliRunner().invoke(APPS["index"], [*asked, "--least-level", "-1", "--json"])
    assert done.exit_code == Exit.GOOD, done.output
    told = json.loads(done.stdout)
    (one,) = told["villages"]
    assert (one["region"], one["value"], one["level"], one["status"]) == (VILLAGE, None, -1, "antara")
    assert one["low"] < one["high"]
    done = CliRunner().invoke(APPS["index"], [*asked, "--least-level", "-1"])
    assert "Natai Raya" in done.stdout
    assert "0 dari" in CliRunner().invoke(APPS["index"], asked).output, "nothing is final"
    refused = CliRunner().invoke(APPS["index"], [*asked, "--dataset", "tidak-ada"])
    assert refused.exit_code == Exit.REFUSED
