"""Saves through the service: what is stored, what the answer says, what the audit finds afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sidara.collection import models, queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.kernel.cell import State
from tests.collection.conftest import NOW

POPULATION = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
pytestmark = pytest.mark.usefixtures("register")


def save(cells=(), *, key=POPULATION, base=0, message=None, source=Source.WEB, minute=0, **more):
    """Save cells given as `code=text` pairs or as `Given`."""
    given = [one if isinstance(one, Given) else Given(one[0], one[1]) for one in cells]
    how = {name: more.pop(name) for name in ("is_dry", "all_or_nothing") if name in more}
    one = services.Save(key, base, message or uuid4(), source, given, **more)
    return services.save_cells(OPERATOR, save=one, now=NOW + timedelta(minutes=minute), **how)


def contents(key=POPULATION):
    found = queries.filled(OPERATOR, key)
    return {} if found is None else {cell: held.content for cell, held in found.state.cells.items()}


def cell(code, row="", breakdown="_T"):
    return Key(row, code, breakdown)


def test_a_first_save_creates_cells_and_a_revision() -> None:
    saved = save([("KEP_010", "4"), ("KEP_011", "2")])
    assert (saved.account.created, saved.account.sent, saved.revision) == (2, 2, 1)
    assert saved.account.is_stored
    assert contents()[cell("KEP_010")] == Content(State.VALUE, "4")
    found = queries.filled(OPERATOR, POPULATION)
    assert found is not None
    assert found.content_hash == saved.content_hash
    assert found.form_number == 1


def test_states_words_and_zero_are_different_contents() -> None:
    save(
        [
            ("KEP_010", "0"),
            ("KEP_011", "tidak ada"),
            Given("KEP_012", state="tidak_tahu", explanation=" belum didata "),
        ]
    )
    assert contents() == {
        cell("KEP_010"): Content(State.VALUE, "0"),
        cell("KEP_011"): Content(State.NONE),
        cell("KEP_012"): Content(State.UNKNOWN, None, "belum didata"),
    }


def test_the_word_that_clears_leaves_an_empty_cell_with_its_history() -> None:
    save([("KEP_010", "4")])
    saved = save([("KEP_010", "hapus")], base=1)
    assert saved.account.updated == 1
    assert contents()[cell("KEP_010")] == Content(State.EMPTY)
    history = queries.cell_history(OPERATOR, POPULATION, cell("KEP_010"))
    assert [(one.number, one.delta.old.value, one.delta.new.value) for one in history] == [
        (1, None, "4"),
        (2, "4", None),
    ]


def test_what_nobody_began_has_no_past_and_looks_at_no_change() -> None:
    """Changes of imports have no revision: whoever looks for none finds millions of them."""
    with CaptureQueriesContext(connection) as asked:
        assert queries.cell_history(OPERATOR, POPULATION) == ()
        assert queries.provenance(OPERATOR, POPULATION) == {}
    assert not any("collection_change" in one["sql"] for one in asked)
    assert not any("collection_provenance" in one["sql"] for one in asked)


def another_saves(cells):
    return lambda: save(cells, minute=1)


def another_locks():
    more = {"right": "collection.fill", "sector": "", "reference": "test", "now": NOW}
    assert services.lock_submission(OPERATOR, key=POPULATION, is_locked=True, **more)


@pytest.mark.parametrize("is_begun", [False, True])
@pytest.mark.parametrize(
    ("act", "verdict", "stored"),
    [
        (another_saves([("KEP_011", "2")]), "created", {"KEP_010": "4", "KEP_011": "2"}),
        (another_saves([("KEP_010", "4")]), "unchanged", {"KEP_010": "4"}),
        (another_saves([("KEP_010", "5")]), "conflicting", {"KEP_010": "5"}),
        (another_locks, "rejected", {}),
    ],
)
def test_what_another_writes_between_reading_and_writing_is_seen(is_begun, act, verdict, stored) -> None:
    """The other one writes when the save has read its submission, and comes to its turn."""
    base = save([("KEP_012", "1")]).revision if is_begun or act is another_locks else 0
    waiting = [act]

    def meanwhile(execute, sql, params, many, context):
        if waiting and sql.startswith("SELECT") and 'FROM "collection_message"' in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        saved = save([("KEP_010", "4")], base=base)
    assert not waiting
    assert getattr(saved.account, verdict) == saved.account.sent == 1
    held = {one.variable: content.value for one, content in contents().items()}
    assert held == stored | ({"KEP_012": "1"} if base else {})
    assert saved.revision == queries.filled(OPERATOR, POPULATION).state.revision
    assert list(queries.audit(OPERATOR)) == []


def test_everything_that_cannot_be_stored_is_said_and_the_rest_is_stored() -> None:
    saved = save(
        [
            ("KEP_010", "4"),
            ("KEP_011", "empat"),
            ("KEP_012", "1.5"),
            ("KEP-013", "1"),
            ("KES_001", "1"),
            Given("KEP_013", "1", breakdown="JK:L"),
            Given("KEP_013", "1", state="tidak_ada"),
            Given("KEP_013", "1", state="mungkin"),
            Given("KEP_013", "1", row="x"),
            Given("KEP_013", "1\x07"),
        ]
    )
    account = saved.account
    assert (account.created, account.rejected, account.sent) == (1, 9, 10)
    assert [one.code for one in account.findings] == [
        *("VALUE_TYPE", "VALUE_TYPE", "CELL_UNKNOWN", "CELL_UNKNOWN", "BREAKDOWN_UNKNOWN"),
        *("VALUE_AND_STATE", "STATE_UNKNOWN", "ROW_UNKNOWN", "TEXT_CONTROL"),
    ]
    assert all(one.remedy for one in account.findings)
    assert list(contents()) == [cell("KEP_010")]


def test_all_or_nothing_and_a_dry_run_write_nothing_and_say_the_same() -> None:
    cells = [("KEP_010", "4"), ("KEP_011", "empat")]
    dry = save(cells, is_dry=True)
    strict = save(cells, all_or_nothing=True)
    assert models.Submission.objects.count() == models.Message.objects.count() == 0
    real = save(cells)
    assert dry.account.findings == strict.account.findings == real.account.findings
    assert [one.account.created for one in (dry, strict, real)] == [1, 1, 1]
    assert [one.account.is_stored for one in (dry, strict, real)] == [False, False, True]


def test_the_same_message_again_gets_the_same_answer_and_stores_nothing() -> None:
    message = uuid4()
    first = save([("KEP_010", "4"), ("KEP_011", "empat")], message=message)
    again = save([("KEP_010", "4"), ("KEP_011", "empat")], message=message, minute=5)
    assert again.is_repeated
    assert (again.account, again.revision, again.content_hash) == (
        first.account,
        first.revision,
        first.content_hash,
    )
    assert models.Revision.objects.count() == 1


def test_a_message_id_with_another_content_is_refused() -> None:
    message = uuid4()
    save([("KEP_010", "4")], message=message)
    other = save([("KEP_010", "5")], message=message)
    assert other.account.is_refused
    assert [one.code for one in other.account.findings] == ["MESSAGE_REUSED"]
    assert contents()[cell("KEP_010")] == Content(State.VALUE, "4")


def test_a_save_that_changes_nothing_makes_no_revision_but_keeps_its_answer() -> None:
    save([("KEP_010", "4")])
    message = uuid4()
    same = save([("KEP_010", "04")], base=1, message=message)
    assert (same.account.unchanged, same.revision) == (1, 1)
    assert save([("KEP_010", "04")], base=1, message=message).is_repeated
    assert models.Revision.objects.count() == 1


def test_two_devices_meet_and_a_conflict_keeps_both_until_a_person_who_saw_it_decides() -> None:
    save([("KEP_010", "4"), ("KEP_011", "2")])
    save([("KEP_010", "5")], base=1)
    late = save([("KEP_010", "6"), ("KEP_011", "3")], base=1)
    assert (late.account.conflicting, late.account.updated) == (1, 1)
    found = queries.filled(OPERATOR, POPULATION)
    assert found is not None
    assert found.state.content(cell("KEP_010")).value == "5"
    assert [one.value for one in found.state.conflicts[cell("KEP_010")].sent] == ["6"]
    save([("KEP_010", "6")], base=late.revision)
    after = queries.filled(OPERATOR, POPULATION)
    assert after is not None
    assert after.state.conflicts == {}
    assert after.state.content(cell("KEP_010")).value == "6"


def test_a_conflict_that_was_decided_can_arise_again() -> None:
    save([("KEP_010", "4")])
    save([("KEP_010", "5")], base=1)
    save([("KEP_010", "6")], base=1)
    save([("KEP_010", "6")], base=3)
    save([("KEP_010", "7")], base=1)
    found = queries.filled(OPERATOR, POPULATION)
    assert found is not None
    assert [one.value for one in found.state.conflicts[cell("KEP_010")].sent] == ["7"]


ROW = "0198c0de-0000-7000-8000-000000000001"
PROPOSALS = SubmissionKey("SOS_TAHUNAN", "62.01.02.2016", "2026")


def test_rows_of_a_list_are_cells_of_their_own_and_are_marked_not_deleted() -> None:
    list_code, column = _a_list()
    saved = save(
        [Given(list_code, "ada", row=ROW), Given(column, "Jembatan gantung", row=ROW)], key=PROPOSALS
    )
    assert saved.account.findings == ()
    gone = save([Given(list_code, "dihapus", row=ROW)], key=PROPOSALS, base=1)
    assert gone.account.updated == 1
    assert contents(PROPOSALS)[cell(list_code, ROW)].value == "dihapus"
    assert contents(PROPOSALS)[cell(column, ROW)].value == "Jembatan gantung"


def test_a_list_can_be_said_to_be_empty_and_a_column_needs_its_row() -> None:
    list_code, column = _a_list()
    saved = save([Given(list_code, state="tidak_ada"), Given(column, "x")], key=PROPOSALS)
    assert (saved.account.created, [one.code for one in saved.account.findings]) == (1, ["ROW_UNKNOWN"])


def _a_list():
    """Code of the list of a form and of one of its texts."""
    from sidara.dictionary import queries as dictionary

    form = dictionary.form(OPERATOR, PROPOSALS.form)
    assert form is not None
    one = form.questionnaire.lists[0]
    return one.code, next(column.code for column in one.columns if column.type.value == "teks")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (SubmissionKey("KEP_TRIWULAN", "62.99.99.9999", "2026-Q1"), "REGION_UNKNOWN"),
        (SubmissionKey("KEP_MINGGUAN", "62.01.02.2016", "2026-Q1"), "FORM_UNKNOWN"),
        (SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026"), "PERIOD_FORM"),
        (SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", ""), "PERIOD_FORM"),
    ],
)
def test_a_save_that_goes_nowhere_is_refused_whole(key, code) -> None:
    saved = save([("KEP_010", "4")], key=key)
    assert saved.account.is_refused
    assert [one.code for one in saved.account.findings] == [code]
    assert models.Submission.objects.count() == 0


def test_who_may_not_fill_in_a_village_does_not() -> None:
    one = services.Save(POPULATION, 0, uuid4(), Source.WEB, [Given("KEP_010", "4")])
    with pytest.raises(NotAllowed):
        services.save_cells(PUBLIC, save=one, now=NOW)
    assert models.Submission.objects.count() == 0
    with pytest.raises(NotAllowed):
        queries.filled(PUBLIC, POPULATION)


def played() -> None:
    """A few saves of two submissions, a conflict among them, and two nightly roots."""
    save([("KEP_010", "4"), ("KEP_011", "2")])
    save([("KEP_010", "5")], base=1, minute=1)
    services.make_root(OPERATOR, day=NOW.date(), now=NOW)
    save([("KEP_010", "6")], base=1, minute=2)
    save([("KEP_012", "1")], key=SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q2"))
    services.make_root(OPERATOR, day=NOW.date() + timedelta(days=1), now=NOW)


def test_the_audit_of_what_nobody_touched_finds_nothing() -> None:
    played()
    assert list(queries.audit(OPERATOR)) == []
    assert services.make_root(OPERATOR, day=NOW.date(), now=NOW) == models.Root.objects.first().root_hash


def test_the_database_refuses_to_change_or_remove_what_was_saved() -> None:
    from django.db import IntegrityError, transaction

    played()
    numbered = {"revision": "sequence", "change": "sequence"}
    for table in ("revision", "message", "kept", "change", "root", "roothead"):
        key = numbered.get(table, "id")
        for statement in (f"DELETE FROM collection_{table}", f"UPDATE collection_{table} SET {key} = {key}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM collection_submission")


FORGERIES = {
    "a present value": ("UPDATE collection_cell SET value = '9' WHERE value = '5'", "CELL_CHANGED"),
    "an old value": ("UPDATE collection_change SET value = '9' WHERE value = '2'", "CONTENT_CHANGED"),
    "an author": ("UPDATE collection_revision SET author_id = '" + "0" * 32 + "'", "REVISION_CHANGED"),
    "a time": ("UPDATE collection_revision SET made_at = '2020-01-01 00:00:00'", "REVISION_CHANGED"),
    "a reason": ("UPDATE collection_revision SET reason = 'x'", "REVISION_CHANGED"),
    "a door": ("UPDATE collection_revision SET source = 'api'", "REVISION_CHANGED"),
    "a form version": ("UPDATE collection_revision SET form_version = 'x'", "CONTENT_CHANGED"),
    "a chain hash": ("UPDATE collection_revision SET chain_hash = 'x' WHERE number = 1", "REVISION_CHANGED"),
    "the head's number": ("UPDATE collection_submission SET revision = 9", "REVISION_MISSING"),
    "a root": ("UPDATE collection_root SET root_hash = 'x'", "ROOT_CHANGED"),
    "a head of a root": ("UPDATE collection_roothead SET chain_hash = 'x'", "ROOT_CHANGED"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_the_audit_finds_what_was_forged_behind_the_guards(name) -> None:
    played()
    statement, code = FORGERIES[name]
    forge(statement)
    assert code in [one.code for one in queries.audit(OPERATOR)]


def test_the_audit_finds_a_removed_submission_and_a_cut_tail() -> None:
    played()
    last = models.Submission.objects.get(period="2026-Q2")
    revisions = f"SELECT sequence FROM collection_revision WHERE submission_id = {last.pk}"
    forge(f"DELETE FROM collection_change WHERE record_id IN ({revisions})")
    for table in ("message", "cell", "revision"):
        forge(f"DELETE FROM collection_{table} WHERE submission_id = {last.pk}")
    forge(f"DELETE FROM collection_submission WHERE id = {last.pk}")
    assert [one.code for one in queries.audit(OPERATOR)] == ["HEAD_MISSING"]


def forge(statement: str) -> None:
    """Change the records as somebody would who owns the database: without its guards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for guard, _ in guards:
            cursor.execute(f"DROP TRIGGER {guard}")
        cursor.execute(statement)
        for _, sql in guards:
            cursor.execute(sql)
