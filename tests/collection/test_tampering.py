"""The audit finds each kind of tampering with stored submissions, done past the guards of the database."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F

from sidara.collection import models, queries, services
from sidara.collection.core.chain import Link, chain_hash, content_hash
from sidara.collection.core.submission import Content, Key, Source
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import State
from tests.collection.conftest import NOW
from tests.collection.test_judging import BIRTHS, PEOPLE, save

GUARDED = (
    *("collection_revision", "collection_change", "collection_message", "collection_kept"),
    *("collection_decision", "collection_root", "collection_roothead", "collection_cell"),
    "collection_submission",
)


@pytest.fixture
def world(register):
    """Two submissions with three and one revisions, and two nightly roots; guards are lifted afterwards."""
    save(BIRTHS, ("KEP_010", "4"), ("KEP_011", "2"))
    save(BIRTHS, ("KEP_010", "5"), ("KEP_012", "1"))
    services.make_root(OPERATOR, day=date(2026, 11, 23), now=NOW)
    save(PEOPLE, ("KEP_001", "100"), ("KEP_002", "60"))
    save(BIRTHS, ("KEP_013", "3"))
    services.make_root(OPERATOR, day=date(2026, 11, 24), now=NOW)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    assert not list(queries.audit(OPERATOR))


def revision(number, form="KEP_TRIWULAN"):
    return models.Revision.objects.filter(submission__form=form, number=number)


def cell(code):
    return models.Cell.objects.filter(variable__code=code)


def cut_tail():
    last = revision(3)
    models.Change.objects.filter(record__in=last).delete()
    cell("KEP_013").delete()
    last.delete()
    models.Submission.objects.filter(form="KEP_TRIWULAN").update(revision=2)


def remove_submission():
    own = models.Submission.objects.filter(form="KEP_SEMESTER")
    models.Message.objects.filter(submission__in=own).delete()
    models.Change.objects.filter(record__submission__in=own).delete()
    models.Cell.objects.filter(submission__in=own).delete()
    models.Revision.objects.filter(submission__in=own).delete()
    own.delete()


def rewrite_whole():
    """Rewrite a revision with hashes that fit among themselves: only the nightly root tells."""
    one = revision(1, "KEP_SEMESTER").get()
    models.Change.objects.filter(record=one, value="100").update(value="90")
    cell("KEP_001").update(value="90")
    contents = {
        Key("", code, "_T"): Content(State.VALUE, value)
        for code, value in (("KEP_001", "90"), ("KEP_002", "60"))
    }
    made = content_hash(one.form_version, contents)
    link = Link(
        str(one.submission.uid), 1, one.base, str(one.author_id), one.made_at, Source(one.source),
        str(one.message_id), one.reason, made, one.previous_hash,
    )  # fmt: skip
    revision(1, "KEP_SEMESTER").update(content_hash=made, chain_hash=chain_hash(link))


KINDS = {
    "a present value is changed": lambda: cell("KEP_010").update(value="6"),
    "a present state is changed": lambda: cell("KEP_010").update(state="tidak_tahu", value=None),
    "an explanation is put under a cell": lambda: cell("KEP_010").update(explanation="benar"),
    "a cell says another category": lambda: cell("KEP_010").update(breakdown="JK:L"),
    "a cell is put into another row": lambda: cell("KEP_010").update(row="x"),
    "a cell is given to another question": lambda: cell("KEP_010").update(
        variable=models.Variable.objects.get(code="KEP_001")
    ),
    "a cell is removed with its past": lambda: (
        models.Change.objects.filter(cell__variable__code="KEP_013").delete(),
        cell("KEP_013").delete(),
    ),
    "a past new value is changed": lambda: models.Change.objects.filter(value="4").update(value="7"),
    "a past old value is changed": lambda: models.Change.objects.filter(old_value="4").update(old_value="7"),
    "a past change is removed": lambda: models.Change.objects.filter(value="2").delete(),
    "a change is moved to another revision": lambda: models.Change.objects.filter(value="1").update(
        record=revision(1).get()
    ),
    "an author is changed": lambda: revision(2).update(author_id="00000000-0000-0000-0000-00000000abcd"),
    "a moment is changed": lambda: revision(2).update(made_at=F("made_at") + timedelta(days=1)),
    "a door is changed": lambda: revision(2).update(source="paper"),
    "a reason is put under a revision": lambda: revision(2).update(reason="disetujui"),
    "a base is changed": lambda: revision(2).update(base=0),
    "a message is changed": lambda: revision(2).update(message_id="00000000-0000-0000-0000-00000000abcd"),
    "a hash of content is changed": lambda: revision(2).update(content_hash="0" * 64),
    "a link of the chain is changed": lambda: revision(2).update(previous_hash="0" * 64),
    "a form version is changed": lambda: revision(2).update(form_version="0" * 64),
    "a revision in the middle is removed": lambda: (
        models.Change.objects.filter(record__in=revision(2)).delete(),
        revision(2).delete(),
    ),
    "the tail is cut": cut_tail,
    "a submission is removed": remove_submission,
    "a submission is rewritten with hashes that fit": rewrite_whole,
    "a nightly root is changed": lambda: models.Root.objects.filter(day="2026-11-23").update(
        root_hash="0" * 64
    ),
    "a head in a root is changed": lambda: models.RootHead.objects.filter(number=2).update(number=1),
    "a head is taken out of a root": lambda: models.RootHead.objects.filter(number=2).delete(),
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("kind", KINDS)
def test_the_audit_finds_it(kind) -> None:
    KINDS[kind]()
    found = list(queries.audit(OPERATOR))
    assert found, kind
    assert all(one.message and one.remedy for one in found)
