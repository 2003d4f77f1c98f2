"""Forms: sections, sizes, what makes their version, small ones joined as one task."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sidara.dictionary import queries
from sidara.dictionary.core import Thing, joined, plain, questionnaire, thing_of, version_hash
from sidara.kernel.actor import OPERATOR

DAYS = [date(2026, 1, 31), date(2026, 2, 28)]


def test_sections_hold_every_variable_once(db):
    made = queries.dictionary(OPERATOR)
    for code in made.forms:
        asked = questionnaire(made, code)
        names = [one.code for one in asked.variables]
        assert sorted(names) == sorted(one.code for one in made.variables_of(code))


def test_a_form_can_say_its_own_sections(db):
    made = queries.dictionary(OPERATOR)
    own = [one.code for one in made.variables_of("KEP_TRIWULAN")]
    body = plain(made.forms["KEP_TRIWULAN"]) | {"sections": [{"name": "Semua", "variables": own[::-1]}]}
    form, _ = thing_of(Thing.FORM, body)
    changed = made.with_things({(Thing.FORM, "KEP_TRIWULAN"): form})
    assert [one.code for one in questionnaire(changed, "KEP_TRIWULAN").variables] == own[::-1]
    assert version_hash(changed, "KEP_TRIWULAN") != version_hash(made, "KEP_TRIWULAN")
    others = [code for code in made.forms if version_hash(changed, code) != version_hash(made, code)]
    assert others == ["KEP_TRIWULAN"]


def test_codes_in_other_schemes_move_no_version(db):
    made = queries.dictionary(OPERATOR)
    one = made.variables["EKO_001"]
    bare = replace(one, options=tuple(replace(option, other_codes=()) for option in one.options))
    assert bare != one
    changed = replace(made, variables=made.variables | {one.code: bare})
    assert version_hash(changed, "EKO_TAHUNAN") == version_hash(made, "EKO_TAHUNAN")


@given(
    sizes=st.dictionaries(st.sampled_from([f"F{n}" for n in range(12)]), st.integers(0, 30)),
    data=st.data(),
    small=st.integers(1, 20),
)
def test_every_form_stands_in_one_task_of_its_day(sizes, data, small):
    due = {code: data.draw(st.sampled_from(DAYS)) for code in sizes}
    tasks = joined(sizes, due, small=small, together=24)
    assert sorted(code for task in tasks for code in task.forms) == sorted(sizes)
    assert [task.due for task in tasks] == sorted(task.due for task in tasks)
    for task in tasks:
        assert task.asked_cells == sum(sizes[code] for code in task.forms)
        assert all(due[code] == task.due for code in task.forms)
        assert task.is_joined == (len(task.forms) > 1)
        if task.is_joined:
            assert task.asked_cells <= 24
            assert all(sizes[code] <= small for code in task.forms)


def test_small_forms_of_a_day_are_one_task(db):
    made = queries.dictionary(OPERATOR)
    due = {code: DAYS[0] for code, form in made.forms.items() if str(form.frequency) == "triwulanan"}
    tasks = queries.tasks(OPERATOR, due)
    together = next(task for task in tasks if task.is_joined)
    assert {"KEP_TRIWULAN", "KES_TRIWULAN", "EKO_TRIWULAN"} <= set(together.forms)
    alone = {task.forms[0] for task in tasks if not task.is_joined}
    assert {"PEM_TRIWULAN", "KEU_TRIWULAN"} <= alone, "a form with lists, and a large one"


def test_unknown_forms_and_versions_are_none(db):
    assert queries.form(OPERATOR, "KEP_HARIAN") is None
    assert queries.form(OPERATOR, "KEP_TRIWULAN", 7) is None
    assert queries.form(OPERATOR, "KEP_TRIWULAN", 1).version == 1


def test_beside_a_period_a_form_is_named_without_how_often_it_is_asked(db):
    made = queries.dictionary(OPERATOR)
    assert made.forms["KEU_TRIWULAN"].topic == "Keuangan dan aset desa"
    assert made.forms["EKO_INDEKS_TAHUNAN"].topic == "Ekonomi: masukan indeks"
    assert made.forms["PEM_SAAT_BERUBAH"].topic == made.forms["PEM_SAAT_BERUBAH"].name
    named = {(one.topic, one.frequency.span) for one in made.forms.values()}
    assert len(named) == len(made.forms), "a topic and a period name one form"
