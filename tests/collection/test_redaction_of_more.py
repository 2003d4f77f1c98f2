"""Redaction reaches reasons of revisions and evidence: nothing of it is left, and every chain stays whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from sidara.collection import models, queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.redaction import Proof, Reason, Redaction, Scope
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.evidence import queries as evidence
from sidara.evidence.services import Handed
from sidara.kernel.actor import OPERATOR, NotAllowed
from sidara.kernel.finding import Finding
from sidara.verification import queries as verification
from tests.copied import shipped
from tests.evidence import files
from tests.verification.conftest import GOOD, NOW, PEOPLE, endorse, person, register, save, send

__all__ = ["register"]
NIK, NAME = "6201021203850001", "Ibu Contoh"
SAID = f"dibetulkan menurut {NAME}, NIK {NIK}"
ASKER, HEAD = person("operator-desa", number=7), person("kepala-desa", number=9)
VERIFIER = person("verifikator-kecamatan", number=11)
CELL = Key("", "KEP_001", "_T")
EARLIER = SubmissionKey("KEP_SEMESTER", PEOPLE.region, "2025-S2")


@pytest.fixture(autouse=True)
def home(register, tmp_path, settings):
    shipped(lambda: NOW)
    settings.SIDARA_HOME = tmp_path
    return tmp_path


def explain(reason, *cells, key=PEOPLE):
    """Save cells with a reason, as programs do; gives the number of the revision."""
    held = queries.filled(ASKER, key)
    base = held.state.revision if held else 0
    given = [Given(*one) for one in cells or (("KEP_001", str(100 + base)),)]
    one = services.Save(key, base, uuid4(), Source.API, given, reason=reason)
    assert services.save_cells(ASKER, save=one, now=NOW).account.is_stored
    return base + 1


def keep(key=PEOPLE, *, name=f"{NAME}.jpg", caption=f"rumah {NAME}", colour=(1, 2, 3)):
    handed = Handed(uuid4(), files.photo(colour=colour), name, caption)
    return services.keep_evidence(ASKER, key=key, cell=CELL, handed=handed, now=NOW).piece


def ask(about, *, actor=ASKER, scope=Scope.ALL, reason="ada nama warga", request=None, key=PEOPLE):
    return services.propose_redaction(
        actor, key=key, about=about, scope=scope, reason=reason, request=request or uuid4(), now=NOW
    )


def decide(one, *, actor=VERIFIER, is_confirmed=True, key=PEOPLE):
    return services.decide_redaction(
        actor, key=key, request=one.id, is_confirmed=is_confirmed, now=NOW + timedelta(hours=1)
    )


def code(found):
    assert isinstance(found, Finding), found
    return found.code


def audited():
    rooms = (queries.audit, verification.audit, evidence.audit)
    return [one.code for audit in rooms for one in audit(OPERATOR)]


def everything():
    """All that the tables of both rooms hold, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("collection_", "evidence_")):
                cursor.execute(f"SELECT * FROM {table}")
                found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def lying(home):
    return {one.name for one in home.rglob("*") if one.is_file()}


def test_a_reason_is_taken_out_and_the_chain_stays_whole():
    number = explain(SAID)
    explain("dibetulkan lagi")
    services.make_root(OPERATOR, day=NOW.date(), now=NOW)
    done = decide(ask(Reason(number)))
    assert done.is_done
    assert NAME not in everything()
    assert NIK not in everything()
    assert [one.reason for one in queries.reasons(ASKER, PEOPLE)] == ["[dihapus]", "dibetulkan lagi"]
    assert queries.cell_history(ASKER, PEOPLE, CELL)[0].reason == "[dihapus]"
    (told,) = queries.redactions(ASKER, PEOPLE)
    assert (told.about, told.reason, told.revision) == (Reason(number), "ada nama warga", 3)
    assert audited() == []


def test_only_numbers_go_where_only_they_were_asked_for():
    number = explain(SAID)
    decide(ask(Reason(number), scope=Scope.NUMBERS))
    assert NIK not in everything()
    assert queries.reasons(ASKER, PEOPLE)[0].reason == f"dibetulkan menurut {NAME}, NIK [dihapus]"
    assert audited() == []
    decide(ask(Reason(number)))
    assert NAME not in everything()
    assert audited() == []


def test_reasons_and_texts_are_taken_out_one_after_the_other():
    first, second = explain(SAID), explain(f"lagi {SAID}")
    save(Given("KEP_002", "60", explanation=SAID))
    for about in (Reason(first), Key("", "KEP_002", "_T"), Reason(second)):
        decide(ask(about))
        assert audited() == []
    assert NAME not in everything()
    explain("sesudahnya")
    services.make_root(OPERATOR, day=NOW.date(), now=NOW)
    assert audited() == []


def test_what_was_sent_and_endorsed_stays_whole():
    number = explain(SAID, *GOOD)
    piece = keep()
    assert send().is_done
    decide(ask(Reason(number)))
    decide(ask(Proof(piece.id)))
    assert audited() == []
    assert endorse().is_done
    assert audited() == []
    assert NAME not in everything()


def test_evidence_is_taken_out_with_its_file_and_leaves_a_tombstone(home):
    piece = keep()
    done = decide(ask(Proof(piece.id), scope=Scope.NUMBERS))
    assert (done.is_done, done.scope, done.revision) == (True, Scope.ALL, 0)
    assert NAME not in everything()
    assert lying(home) == set()
    assert queries.evidence_file(VERIFIER, PEOPLE, piece.id) is None
    (held,) = queries.evidence_of(ASKER, PEOPLE)
    assert (held.redacted.reason, held.digest) == ("ada nama warga", piece.digest)
    (told,) = queries.redactions(ASKER, PEOPLE)
    assert (told.about, told.asked.name, told.decided.name, told.is_done) == (
        *(Proof(piece.id), "Contoh operator-desa", "Contoh verifikator-kecamatan", True),
    )
    assert queries.filled(ASKER, PEOPLE) is None, "nobody began the form by it"
    assert audited() == []
    save(*GOOD)
    assert audited() == []


def test_the_same_file_elsewhere_stays_and_is_named(home):
    here, there = keep(), keep(EARLIER)
    hidden = SubmissionKey("KEP_SEMESTER", "62.01.03.2001", "2026-S1")
    stranger = person("operator-desa", under="62.01.03.2001", number=12)
    handed = Handed(uuid4(), files.photo(colour=(1, 2, 3)), "foto.jpg", "")
    services.keep_evidence(stranger, key=hidden, cell=None, handed=handed, now=NOW)
    assert queries.same_elsewhere(ASKER, PEOPLE, here.id) == queries.Same((EARLIER,), 1)
    decide(ask(Proof(here.id)))
    assert lying(home) == {here.digest, here.small}
    _, content = queries.evidence_file(ASKER, EARLIER, there.id)
    content.close()
    assert audited() == []


def test_a_request_about_evidence_waits_for_the_second_person():
    piece = keep()
    one = ask(Proof(piece.id))
    waiting = [(held.submission, held.redaction.about) for held in queries.redactions_waiting(VERIFIER)]
    assert waiting == [(PEOPLE, Proof(piece.id))]
    assert queries.redactions_waiting(ASKER) == ()
    assert code(ask(Proof(piece.id))) == "REDACTION_OPEN"
    assert not decide(one, actor=ASKER, is_confirmed=False).is_done
    assert queries.redactions_waiting(VERIFIER) == ()
    assert queries.evidence_of(ASKER, PEOPLE)[0].is_there
    assert audited() == []


def test_a_request_about_a_reason_waits_for_the_second_person():
    one = ask(Reason(explain(SAID)))
    assert [held.redaction.id for held in queries.redactions_waiting(VERIFIER)] == [one.id]
    assert NAME in everything()


def test_one_person_alone_takes_nothing_out(home):
    number, piece = explain(SAID), keep()
    own = person("verifikator-kecamatan", number=12)
    for about in (Reason(number), Proof(piece.id)):
        assert code(decide(ask(about, actor=own), actor=own)) == "REDACTION_SAME_PERSON"
    assert piece.digest in lying(home)
    assert NAME in everything()
    for act in (
        lambda: ask(Proof(piece.id), actor=person("operator-desa", under="62.01.03.2001", number=12)),
        lambda: decide(queries.redactions(ASKER, PEOPLE)[0], actor=HEAD),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_request_is_made_and_decided_once(home):
    piece = keep()
    number = uuid4()
    first, again = ask(Proof(piece.id), request=number), ask(Proof(piece.id), request=number)
    assert isinstance(again, Redaction)
    assert code(ask(Reason(explain(SAID)), request=number)) == "MESSAGE_REUSED"
    assert decide(first).is_done
    assert decide(first).is_done
    assert code(decide(first, is_confirmed=False)) == "REDACTION_DECIDED"
    assert ask(Proof(piece.id), request=number).is_done
    assert code(ask(Proof(piece.id))) == "REDACTION_NOTHING"
    assert audited() == []


def test_what_cannot_be_asked_is_told():
    explain("")
    number = explain("tanpa data pribadi")
    decide(ask(Reason(explain(SAID))))
    piece = keep(EARLIER)
    for about, scope, code_ in (
        (Reason(1), Scope.ALL, "REDACTION_NOTHING"),
        (Reason(number), Scope.NUMBERS, "REDACTION_NOTHING"),
        (Reason(4), Scope.ALL, "REDACTION_GONE"),
        (Reason(9), Scope.ALL, "REDACTION_GONE"),
        (Proof(uuid4()), Scope.ALL, "REDACTION_GONE"),
        (Proof(piece.id), Scope.ALL, "REDACTION_GONE"),
    ):
        assert code(ask(about, scope=scope)) == code_, about
    assert code(ask(Reason(number), reason=f"hapus {NIK}")) == "REDACTION_REASON"


def test_the_database_still_refuses_to_change_reasons_and_requests():
    decide(ask(Reason(explain(SAID))))
    for words in (
        "UPDATE collection_revision SET reason = 'x'",
        "UPDATE collection_revision SET author_name = 'x'",
        "DELETE FROM collection_revision",
        "UPDATE collection_redactionrequest SET reason = 'x'",
        "UPDATE collection_redactiondecision SET reasons = '[]'",
        "DELETE FROM collection_redactionrequest",
        "DELETE FROM collection_redactiondecision",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    assert models.RedactingReason.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE collection_revision SET reason = 'lain' WHERE number = 1",
        "UPDATE collection_revision SET author_id = message_id WHERE number = 1",
        "UPDATE collection_redactiondecision SET reasons = '[]'",
        "UPDATE collection_redactiondecision SET act_id = NULL",
        "UPDATE collection_redactiondecision SET actor_name = 'lain' WHERE act_id IS NOT NULL",
        "UPDATE collection_redactionrequest SET reason = 'lain' WHERE piece_id IS NOT NULL",
        "DELETE FROM collection_redactiondecision WHERE act_id IS NOT NULL",
    ],
)
def test_the_audit_finds_tampering_with_a_redaction(words):
    decide(ask(Reason(explain(SAID))))
    decide(ask(Proof(keep().id)))
    assert audited() == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(words)
    assert audited() != []


def test_a_reason_that_was_changed_before_is_found_after_its_redaction_too():
    number = explain(SAID)
    with connection.cursor() as cursor:
        on_table = " ON collection_revision" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER collection_revision_reason_stays{on_table}")
        cursor.execute("UPDATE collection_revision SET reason = 'lain'")
    assert audited() == ["REVISION_CHANGED"]
    decide(ask(Reason(number)))
    assert audited() == ["REVISION_CHANGED"]
