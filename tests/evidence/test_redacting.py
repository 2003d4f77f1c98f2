"""A redacted piece is gone with its file and its words, and the chain of its owner stays whole."""

import pytest
from django.db import IntegrityError, connection, transaction

from sidara.evidence import queries, services
from sidara.evidence.core import MOST_PIECES, Owner
from sidara.kernel.actor import OPERATOR, NotAllowed
from sidara.records.writing import writing
from tests.evidence import files
from tests.evidence.test_keeping import (
    GOOD,
    NOW,
    OWNER,
    RIGHT,
    audited,
    codes,
    home,
    keep,
    lying,
    person,
    remove,
)

__all__ = ["home"]
MARK = "ab" * 32
OTHER = Owner("contoh:2", OWNER.region, OWNER.sector, OWNER.dataset)
pytestmark = pytest.mark.django_db


def redact(piece, *, actor=None, owner=OWNER, clears=True):
    actor = actor or person(number=8)
    with writing():
        done = services.redact(
            actor, owner=owner, right=RIGHT, piece=piece, reason="memuat KTP", redaction=MARK, now=NOW
        )
    if clears:
        services.clear_away(actor, owner=owner, right=RIGHT)
    return done


def everything():
    with connection.cursor() as cursor:
        found = []
        for table in ("piece", "entry", "upload"):
            cursor.execute(f"SELECT * FROM evidence_{table}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_file_and_words_are_gone_and_the_chain_stays_whole():
    kept = keep(name="KTP Ibu Contoh.jpg", caption="rumah Ibu Contoh").piece
    other = keep(files.photo(colour=(9, 9, 9))).piece
    assert isinstance(redact(kept.id), int)
    assert "Ibu Contoh" not in everything()
    assert lying() == {other.digest, other.small}
    held = queries.pieces(person(), OWNER, right=RIGHT)[0]
    assert (held.name, held.caption, held.digest) == ("[dihapus].jpg", "[dihapus]", kept.digest)
    assert (held.redacted.reason, held.redacted.actor_id) == ("memuat KTP", str(person(number=8).id))
    assert not held.is_there
    for is_small in (False, True):
        assert queries.piece_file(person(), OWNER, kept.id, right=RIGHT, is_small=is_small) is None
    assert queries.redactions(OPERATOR, right="x") == {kept.id: MARK}
    assert audited() == []
    assert remove(kept.id).code == redact(kept.id).code == "EVIDENCE_GONE"
    keep(files.photo(colour=(7, 9, 9)))
    assert audited() == []


def test_place_and_time_are_gone():
    handed = services.Handed(person().id, GOOD, "a.jpg", keeps_place=True)
    kept = services.keep(person(), owner=OWNER, right=RIGHT, handed=handed, now=NOW, guard=lambda: None).piece
    assert kept.latitude
    redact(kept.id)
    (held,) = queries.pieces(person(), OWNER, right=RIGHT)
    assert (held.latitude, held.longitude, held.taken_at) == ("", "", "")
    assert audited() == []


def test_what_was_taken_away_before_is_redacted_with_the_reason_for_it():
    kept = keep().piece
    assert remove(kept.id, reason="ada Ibu Contoh") is None
    assert kept.digest in lying()
    redact(kept.id)
    assert lying() == set()
    assert "Ibu Contoh" not in everything()
    (held,) = queries.pieces(person(), OWNER, right=RIGHT)
    assert held.removed.reason == "[dihapus]"
    assert audited() == []


def test_the_same_file_of_another_piece_stays_until_that_is_redacted_too():
    first, second, third = keep().piece, keep(owner=OTHER).piece, keep().piece
    assert first.digest == second.digest
    redact(first.id)
    assert lying() == {first.digest, first.small}
    assert queries.owners_of_same(person(), OWNER, first.id, right=RIGHT) == (
        OWNER.reference,
        OTHER.reference,
    )
    found, content = queries.piece_file(person(), OTHER, second.id, right=RIGHT)
    content.close()
    assert found.id == second.id
    assert audited() == []
    redact(third.id)
    redact(second.id, owner=OTHER)
    assert lying() == set()
    assert audited() == []


def test_a_file_that_has_not_left_yet_is_told_and_leaves_by_the_next_act():
    kept = keep().piece
    keep(files.photo(colour=(1, 2, 3)))  # moves it onto the shelf
    redact(kept.id, clears=False)
    assert kept.digest in lying()
    assert queries.piece_file(person(), OWNER, kept.id, right=RIGHT) is None
    assert audited() == ["EVIDENCE_FILE_LEFT", "EVIDENCE_FILE_LEFT"]
    keep(files.photo(colour=(3, 2, 1)))
    assert kept.digest not in lying()
    assert audited() == []


def test_a_file_that_leaves_and_comes_again_stays():
    kept = keep().piece
    keep(files.photo(colour=(1, 2, 3)))
    redact(kept.id, clears=False)
    again = keep().piece
    assert again.digest in lying()
    services.clear_away(person(), owner=OWNER, right=RIGHT)
    found, content = queries.piece_file(person(), OWNER, again.id, right=RIGHT)
    with content:
        assert len(content.read()) == found.size
    assert audited() == []


def test_who_kept_it_and_says_so_again_is_told_the_same():
    message = person().id
    keep(message=message, caption="Ibu Contoh")
    redact(message)
    again = keep(message=message, caption="Ibu Contoh")
    assert (again.is_repeated, again.piece.name) == (True, "[dihapus].jpg")
    assert codes(keep(files.photo(colour=(1, 2, 3)), message=message)) == ["MESSAGE_REUSED"]
    assert lying() == set()


def test_a_redacted_piece_makes_room_for_another(monkeypatch):
    monkeypatch.setattr("sidara.evidence.services.keeping.MOST_PIECES", 2)
    assert MOST_PIECES > 2
    first, _ = keep(), keep()
    assert codes(keep()) == ["EVIDENCE_TOO_MANY"]
    remove(first.piece.id)
    redact(first.piece.id)
    assert codes(keep(files.photo(colour=(1, 2, 3)))) == []
    assert codes(keep(files.photo(colour=(1, 2, 4)))) == ["EVIDENCE_TOO_MANY"]


def test_only_who_may_redacts():
    kept = keep().piece
    stranger = person("62.01.03.2001")
    with pytest.raises(NotAllowed):
        redact(kept.id, actor=stranger)
    with pytest.raises(NotAllowed):
        services.clear_away(stranger, owner=OWNER, right=RIGHT)
    assert redact(kept.id, owner=OTHER).code == "EVIDENCE_GONE"
    assert audited() == []
    assert kept.digest in lying()


def test_the_database_still_refuses_to_change_what_is_there():
    redact(keep(caption="balai").piece.id)
    keep(files.photo(colour=(1, 2, 3)), caption="balai")
    for words in (
        "UPDATE evidence_piece SET caption = 'x'",
        "UPDATE evidence_piece SET digest = 'x'",
        "UPDATE evidence_piece SET latitude = '1'",
        "UPDATE evidence_entry SET reason = 'x'",
        "UPDATE evidence_entry SET redaction = 'x'",
        "UPDATE evidence_entry SET since = '[]'",
        "DELETE FROM evidence_entry",
        "DELETE FROM evidence_piece",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE evidence_piece SET caption = 'lain'",
        "UPDATE evidence_piece SET width = 1",
        "UPDATE evidence_entry SET document = 'lain' WHERE act = 'keep'",
        "UPDATE evidence_entry SET redaction = 'lain' WHERE act = 'redact'",
        "UPDATE evidence_entry SET since = '[]' WHERE act = 'redact'",
        "UPDATE evidence_entry SET reason = 'lain' WHERE act = 'remove'",
        "UPDATE evidence_entry SET actor_id = '00000000000000000000000000000001' WHERE act = 'keep'",
        "DELETE FROM evidence_entry WHERE act = 'redact'",
    ],
)
def test_the_audit_finds_tampering_with_a_redaction(words):
    kept = keep().piece
    remove(kept.id)
    redact(kept.id)
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


def test_what_was_changed_before_is_found_after_a_redaction_too():
    kept = keep().piece
    remove(kept.id, reason="salah")
    with connection.cursor() as cursor:
        on_table = " ON evidence_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER evidence_entry_no_update{on_table}")
        cursor.execute(f"UPDATE evidence_entry SET actor_id = '{'0' * 31}1' WHERE act = 'remove'")
    assert audited() == ["EVIDENCE_CHAIN"]
    redact(kept.id)
    assert audited() == ["EVIDENCE_CHAIN"]
