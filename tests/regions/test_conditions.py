"""Conditions of villages: stated by the province with a day and a source; what was stated later holds."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from typer.testing import CliRunner

from sidara.kernel.actor import OPERATOR, PUBLIC, Area, Grant, NotAllowed
from sidara.regions import queries, services
from sidara.regions.cli import APPS
from sidara.regions.core import Condition, Connection, Difficulty
from sidara.regions.models import RegionCondition

VILLAGE, SERUYAN = "62.01.02.2016", "62.07"
FILE = """kode_kemendagri,kesulitan,sambungan
62.01.02.2016,Sulit,tidak ada
62.07.01.2005,,kantor
62.07.01.2006,mudah,
62.07.01.1001,,
62.07,normal,
62.01.02.2016,normal,
"""


def stated(clock, text=FILE, actor=OPERATOR, **options):
    given = {"source": "SK Gubernur", "since": date(2026, 5, 31), "format": "csv", **options}
    return services.import_conditions(actor, file=io.BytesIO(text.encode()), clock=clock, **given)


def held(code=VILLAGE, **options):
    place = queries.resolve(PUBLIC, code)
    return queries.conditions(PUBLIC, [place.id], **options).get(place.id)


def test_lines_that_say_something_are_stored_and_the_others_are_named(register_62, clock):
    account = stated(clock)
    assert (account.read, account.stated, account.unchanged, account.rejected) == (6, 2, 0, 4)
    told = [(one.code, one.place.line) for one in account.findings]
    assert told == [
        ("CONDITION_WORD", 4),
        ("CONDITION_EMPTY", 5),
        ("CONDITION_PLACE", 6),
        ("CONDITION_TWICE", 7),
    ]
    assert held() == Condition(Difficulty.HARD, Connection.NONE, date(2026, 5, 31), "SK Gubernur")
    assert held("62.07.01.2005").difficulty is None
    assert held("62.07.01.1001") is None


def test_the_same_file_again_changes_nothing_and_a_trial_neither(register_62, clock):
    assert stated(clock, dry_run=True).stated == 2
    assert not RegionCondition.objects.exists()
    stated(clock)
    again = stated(clock)
    assert (again.stated, again.unchanged) == (0, 2)
    assert RegionCondition.objects.count() == 2


def test_what_is_stated_later_holds_and_a_part_that_it_leaves_out_stays(register_62, clock):
    stated(clock)
    later = f"kode_kemendagri,sambungan\n{VILLAGE},seluler\n"
    account = stated(clock, later, since=date(2026, 9, 1), source="Laporan September")
    assert account.stated == 1
    assert held() == Condition(Difficulty.HARD, Connection.MOBILE, date(2026, 9, 1), "Laporan September")
    assert held(on=date(2026, 8, 31)).connection is Connection.NONE
    assert held(on=date(2026, 5, 30)) is None
    old = stated(clock, later.replace("seluler", "kantor"), since=date(2026, 8, 1))
    assert [one.code for one in old.findings] == ["CONDITION_ORDER"]
    assert held().connection is Connection.MOBILE


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"source": "  "}, "CONDITION_SOURCE"),
        ({"source": "x" * 301}, "CONDITION_SOURCE"),
        ({"since": date(2026, 11, 25)}, "CONDITION_DAY"),
    ],
)
def test_a_source_and_a_day_that_has_come_are_needed(register_62, clock, options, code):
    account = stated(clock, **options)
    assert [one.code for one in account.findings] == [code]
    assert not RegionCondition.objects.exists()


def test_nobody_states_what_lies_outside_his_area(register_62, clock):
    top = queries.resolve(OPERATOR, SERUYAN)
    area = Area((top.code,), queries.within(OPERATOR, top.id))
    grant = Grant("g", "pmd-provinsi", frozenset({"regions.state_conditions"}), area)
    actor = replace(PUBLIC, grants=(grant,))
    account = stated(clock, f"kode_kemendagri,sambungan\n{VILLAGE},kantor\n62.07.01.2005,kantor\n", actor)
    assert [one.code for one in account.findings] == ["CONDITION_OTHERS"]
    assert (account.stated, held()) == (1, None)
    with pytest.raises(NotAllowed):
        stated(clock, actor=PUBLIC)
    village = {VILLAGE: Condition(Difficulty.NORMAL, None, date(2026, 1, 1), "x")}
    with pytest.raises(NotAllowed):
        services.state_conditions(actor, conditions=village, clock=clock)


def test_the_commands_take_a_file_and_list_what_holds(register_62, tmp_path):
    file = tmp_path / "keadaan.csv"
    file.write_text(FILE)
    run = CliRunner().invoke
    options = ["--source", "SK Gubernur", "--since", "2026-05-31", "--json"]
    done = run(APPS["regions"], ["conditions", "import", str(file), *options])
    assert done.exit_code == 2, done.output
    assert json.loads(done.stdout)["stated"] == 2
    listed = run(APPS["regions"], ["conditions", "list", "--under", "62.01", "--json"])
    assert json.loads(listed.stdout) == [
        {
            "region": VILLAGE,
            "name": "Natai Raya",
            "difficulty": "sulit",
            "connection": "tidak ada",
            "since": "2026-05-31",
            "source": "SK Gubernur",
        }
    ]
