"""A simulated village answers every form, fits the rules, and scores both indices from the same answers."""

import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sidara.demo.core.village import fill
from sidara.dictionary import queries as dictionary_queries
from sidara.dictionary.core import Answers, Reader, derived
from sidara.expressions import record, to_python
from sidara.indices import queries
from sidara.indices.cli import APPS
from sidara.indices.core import Depth, feeding
from sidara.kernel import period as periods
from sidara.kernel.actor import OPERATOR
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.exits import Exit

YEARS = (2024, 2025)
VILLAGE = "62.01.02.2016"
ACCESS = {"I01.2", "I02.1", "I03.1", "I04.1", "I05.1", "I06.2", "I07.3", "I27.2", "I28.2", "I29.2",
          "I30.2", "I31.2", "I38.3"}  # fmt: skip
"""The items of Indeks Desa whose matrix is not public."""


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return dictionary_queries.dictionary(OPERATOR)


@pytest.fixture(scope="module")
def reader(made):
    return Reader(made)


@pytest.fixture(scope="module")
def village(made):
    return fill(made, VILLAGE, YEARS, seed=9, is_clear=True)


def broken(reader: Reader, answers: Answers) -> list[tuple[str, str]]:
    """The rules that do not hold, with their period."""
    made, found = reader.dictionary, []
    for asked, rule, own_list in made.rules():
        span = made.frequency(asked.code).span
        for at in (at for year in YEARS for at in periods.year(year).parts(span)):
            codes = made.classifications[rule.for_each].codes if rule.for_each else ()
            for category in [(rule.for_each, code) for code in codes] or [None]:
                rows = answers.lists.get((own_list, str(at))) or [] if own_list else [None]
                for row in rows:
                    told = (at, own_list, row, category)
                    if rule.when and judged(reader, answers, rule.when, *told) is not True:
                        continue
                    if judged(reader, answers, rule.holds, *told) is False:
                        found.append((rule.code, str(at)))
    return found


def judged(reader, answers, text, at, own_list, row, category):
    today = date(at.year, 12, 31)
    if row is not None:
        return reader.row_value(answers, text, own_list, row, at, today)
    bound = reader.bound(text, at, None, category)
    return to_python(bound)(record(bound, reader.subject(answers, at, today), reader.tables(at.year)))


def test_every_cell_of_every_form_is_answered(made, village):
    wanted = {
        (code, breakdown, str(at))
        for code, one in made.variables.items()
        if one.is_asked
        for at in periods.year(2025).parts(made.frequency(code).span)
        for breakdown in made.breakdowns(one) or (TOTAL,)
    }
    assert wanted <= set(village.cells)
    assert {key[0] for key in village.lists} == set(made.lists)
    states = {cell.state for cell in village.cells.values()}
    assert states == {State.VALUE, State.NONE, State.UNKNOWN, State.NOT_APPLICABLE}


@given(seed=st.integers(0, 10_000), is_clear=st.booleans())
@settings(max_examples=12, deadline=None)
def test_the_answers_fit_the_rules(made, reader, seed, is_clear):
    answers = fill(made, VILLAGE, YEARS, seed=seed, unknown_percent=5, is_clear=is_clear)
    assert broken(reader, derived(reader, answers)) == []


def test_the_same_seed_gives_the_same_answers(made, village):
    assert fill(made, VILLAGE, YEARS, seed=9, is_clear=True) == village
    assert fill(made, VILLAGE, YEARS, seed=8, is_clear=True) != village


def test_a_kelurahan_is_not_asked_what_only_a_desa_has(made):
    answers = fill(made, "62.01.02.1001", (2025,), seed=7)
    asked = {made.variables[code].applies_to for code, _, _ in answers.cells}
    assert {str(one) for one in asked} == {"desa_dan_kelurahan"}
    assert {code for code, _ in answers.lists} == {"lembaga"}


def computed(slug, answers, year):
    index = queries.definition(OPERATOR, slug)
    return index, queries.computed(OPERATOR, index, queries.feed_of(OPERATOR, index), [answers], year)


@pytest.mark.django_db
def test_idm_scores_all_50_items_from_the_answers(village):
    index, made = computed("idm", village, 2025)
    row = made.frame.row(0, named=True)
    assert made.depth is Depth.ANSWERS
    scored = [item.code for item in index.versions[-1].items if row[item.code] is not None]
    assert len(scored) == 50
    assert row["status"] not in {None, "antara"}
    assert (row["tahun"], row["tahun_data"]) == (2024, 2025)
    assert [one.value for one in made.findings if one.code == "RULES_OF_YEAR"] == ["2024"]


@pytest.mark.django_db
def test_indeks_desa_scores_all_but_the_access_items_from_the_same_answers(village):
    index, made = computed("indeks-desa", village, 2025)
    row = made.frame.row(0, named=True)
    open_items = {item.code for item in index.versions[-1].items if row[item.code] is None}
    assert open_items
    assert open_items <= ACCESS
    assert row["skor_min"] < row["skor_max"]
    assert not [one for one in made.findings if one.code in {"ANSWERS_CONTRADICT", "ANSWER_IMPOSSIBLE"}]


@pytest.mark.django_db
def test_both_indices_are_fed_whole():
    for code, index in queries.feeds(OPERATOR).items():
        feed = dictionary_queries.dictionary(OPERATOR).feeds[code]
        assert feeding.lint(index, feed) == ()
        items = {item.code: {one.name for one in item.inputs} for item in index.versions[-1].items}
        derived_names = {one.name for item in index.versions[-1].items for one in item.derived}
        for one in feed.inputs:
            assert set(one.items) <= set(items)
            assert one.input in {*derived_names, "tahun"} or all(
                one.input in items[code] for code in one.items
            )


def run(*words):
    return CliRunner().invoke(APPS["index"], list(words))


@pytest.mark.django_db
def test_a_file_of_cells_scores_both_indices(tmp_path, village):
    cells = dictionary_queries.cells_of_answers(OPERATOR, [village])
    cells.write_csv(tmp_path / "sel.csv")
    for slug in ("idm", "indeks-desa"):
        done = run("compute", slug, "--cells", str(tmp_path / "sel.csv"), "--output", str(tmp_path / "h.csv"))
        assert done.exit_code == Exit.GOOD, done.output
    head, line = (tmp_path / "h.csv").read_text(encoding="utf-8").splitlines()[:2]
    assert dict(zip(head.split(","), line.split(","), strict=False))["kode"] == VILLAGE
    back = dictionary_queries.read_answers(OPERATOR, tmp_path / "sel.csv")
    assert (back.rejected, back.read) == (0, cells.height)
    assert back.answers[0].cells == village.cells
    assert {key: len(rows) for key, rows in back.answers[0].lists.items()} == {
        key: len(rows) for key, rows in village.lists.items()
    }


HEADER = "form,region,period,row,variable,breakdown,state,value,explanation\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"KEP_SEMESTER,{VILLAGE},2025-S1,,KEP_999,,nilai,1,", "CELL_VARIABLE"),
        (f"KEP_SEMESTER,{VILLAGE},2025-Q1,,KEP_001,,nilai,1,", "CELL_PERIOD"),
        (f"KEP_SEMESTER,{VILLAGE},kapan,,KEP_001,,nilai,1,", "CELL_PERIOD"),
        (f"KEP_SEMESTER,{VILLAGE},2025-S1,,KEP_001,,entah,1,", "CELL_STATE"),
        (f"KEP_SEMESTER,{VILLAGE},2025-S1,,KEP_001,,nilai,banyak,", "CELL_VALUE"),
        (f"KEP_SEMESTER,{VILLAGE},2025-S1,,KEP_001,,,-5,", "CELL_RANGE"),
        (f"DIK_TAHUNAN,{VILLAGE},2025,,DIK_001,STATUS_SEKOLAH:DESA,,1,", "CELL_BREAKDOWN"),
        (f"PEM_TAHUNAN,{VILLAGE},2025,,USL_006,,,1,", "CELL_ROW"),
        ("KEP_SEMESTER,,2025-S1,,KEP_001,,,1,", "CELL_REGION"),
        (f"KEP_SEMESTER,{VILLAGE},2025-S1,,KEP_002,,,1,", "CELL_TWICE"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(line, code):
    good = f"KEP_SEMESTER,{VILLAGE},2025-S1,,KEP_002,,nilai,400,\n"
    text = HEADER + good + line + f"\nPEM_TAHUNAN,{VILLAGE},2025,,usulan,,tidak ada,,\n"
    read = dictionary_queries.read_answers(OPERATOR, io.BytesIO(text.encode()), format="csv")
    assert (read.read, read.rejected) == (3, 1)
    assert [(one.code, one.place.line) for one in read.findings] == [(code, 3)]
    assert read.findings[0].remedy
    assert read.answers[0].lists == {("usulan", "2025"): []}


@pytest.mark.django_db
def test_wrong_usage_and_an_empty_file(tmp_path):
    (tmp_path / "sel.csv").write_text(HEADER, encoding="utf-8")
    given = ["--output", str(tmp_path / "h.csv")]
    assert run("compute", "idm", *given).exit_code == Exit.USAGE
    assert run("compute", "idm", "--input", "a.csv", "--cells", "b.csv", *given).exit_code == Exit.USAGE
    report = tmp_path / "l.json"
    done = run("compute", "idm", "--cells", str(tmp_path / "sel.csv"), *given, "--report", str(report))
    assert done.exit_code == Exit.REFUSED
    assert json.loads(report.read_text(encoding="utf-8"))["findings"]
