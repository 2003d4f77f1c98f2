"""Pieces are kept once, with their act, or not at all; the audit finds what was done beside the product."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from sidara.evidence import models, queries, services
from sidara.evidence.core import Owner, gone
from sidara.evidence.formats import shelf
from sidara.kernel.actor import OPERATOR, PUBLIC_OPERATIONS, Actor, Area, Grant, NotAllowed
from tests.evidence import files

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
VILLAGE = "62.01.02.2016"
OWNER = Owner("contoh:1", VILLAGE, "KES", "collection", "|KES_001|_T")
RIGHT = "contoh.simpan"
GOOD = files.photo(exif=True)


def person(region=VILLAGE, number=7):
    grant = Grant("g", "contoh", frozenset({RIGHT}), Area((region,)))
    return Actor(UUID(int=number), "Contoh", "Petugas contoh", PUBLIC_OPERATIONS, (grant,))


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.SIDARA_HOME = tmp_path
    return tmp_path


def free():
    """Nothing forbids it."""


def keep(content=GOOD, *, actor=None, message=None, name="foto.jpg", caption="", owner=OWNER, guard=None):
    handed = services.Handed(message or uuid4(), content, name, caption)
    return services.keep(
        actor or person(), owner=owner, right=RIGHT, handed=handed, now=NOW, guard=guard or free
    )


def remove(piece, *, actor=None, reason="salah foto"):
    return services.remove(
        actor or person(), owner=OWNER, right=RIGHT, piece=piece, reason=reason, now=NOW, guard=lambda: None
    )


def codes(done):
    return [one.code for one in done.findings]


def lying():
    root = settings.SIDARA_HOME / shelf.FOLDER
    return {file.name for file in root.rglob("*") if file.is_file()}


def audited():
    return [one.code for one in queries.audit(OPERATOR)]


@pytest.mark.django_db
def test_a_piece_is_kept_with_its_act():
    done = keep(caption=" balai  desa ")
    (held,) = queries.pieces(person(), OWNER, right=RIGHT)
    assert held.id == done.piece.id
    assert (held.name, held.caption, held.cell) == ("foto.jpg", "balai desa", "|KES_001|_T")
    assert (held.kept.actor_name, held.kept.actor_function, held.kept.at) == ("Contoh", "Petugas contoh", NOW)
    found, content = queries.piece_file(person(), OWNER, held.id, right=RIGHT)
    with content:
        assert len(content.read()) == found.size
    _, small = queries.piece_file(person(), OWNER, held.id, right=RIGHT, is_small=True)
    with small:
        assert small.read().startswith(b"\xff\xd8")
    assert lying() == {held.digest, held.small}
    assert audited() == []


@pytest.mark.django_db
def test_only_who_may_there_keeps_reads_and_takes_away():
    done = keep()
    stranger = person("62.01.03.2001", 8)
    for act in (
        lambda: keep(actor=stranger),
        lambda: remove(done.piece.id, actor=stranger),
        lambda: queries.pieces(stranger, OWNER, right=RIGHT),
        lambda: queries.piece_file(stranger, OWNER, done.piece.id, right=RIGHT),
        lambda: list(queries.audit(person())),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.django_db
def test_another_owner_does_not_open_a_piece():
    done = keep()
    other = Owner("contoh:2", VILLAGE, "KES", "collection")
    assert queries.piece_file(person(), other, done.piece.id, right=RIGHT) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "caption", "code"),
    [
        (b"", "foto.jpg", "", "EVIDENCE_EMPTY"),
        (b"\xff" * 10_000_001, "foto.jpg", "", "EVIDENCE_TOO_LARGE"),
        (GOOD, "KTP 6201021203850001.jpg", "", "EVIDENCE_NAME_PERSONAL"),
        (GOOD, "foto.jpg", "hubungi 0812-3456-7890", "EVIDENCE_NAME_PERSONAL"),
        (b"bukan foto", "foto.jpg", "", "EVIDENCE_KIND"),
        (files.huge_picture(), "foto.png", "", "EVIDENCE_PIXELS"),
    ],
)
def test_what_is_refused_leaves_nothing(content, name, caption, code):
    done = keep(content, name=name, caption=caption)
    assert (done.piece, codes(done)) == (None, [code])
    assert "6201021203850001" not in str(done.findings)
    assert (models.Piece.objects.count(), models.Entry.objects.count(), lying()) == (0, 0, set())


@pytest.mark.django_db
def test_the_same_message_keeps_once_and_another_file_under_it_is_refused():
    one = uuid4()
    first, again = keep(message=one), keep(message=one)
    assert again.is_repeated
    assert again.piece.digest == first.piece.digest
    assert codes(keep(files.photo(colour=(9, 9, 9)), message=one)) == ["MESSAGE_REUSED"]
    assert codes(keep(message=one, actor=person(number=8))) == ["MESSAGE_REUSED"]
    assert models.Entry.objects.count() == 1


@pytest.mark.django_db
def test_the_same_picture_lies_once_and_is_two_pieces():
    keep()
    keep()
    assert len(lying()) == 2
    assert len(queries.pieces(person(), OWNER, right=RIGHT)) == 2
    assert audited() == []


@pytest.mark.django_db
def test_what_is_taken_away_is_seen_no_more_and_stays_told():
    done = keep()
    assert remove(done.piece.id) is None
    assert queries.piece_file(person(), OWNER, done.piece.id, right=RIGHT) is None
    (held,) = queries.pieces(person(), OWNER, right=RIGHT)
    assert held.removed.reason == "salah foto"
    assert remove(done.piece.id, reason="lagi") is None, "an answer may get lost"
    assert queries.pieces(person(), OWNER, right=RIGHT) == (held,)
    assert remove(done.piece.id, actor=person(number=5)).code == "EVIDENCE_GONE"
    assert remove(uuid4()).code == "EVIDENCE_GONE"
    assert audited() == []


@pytest.mark.django_db
def test_an_owner_has_so_many_pieces(monkeypatch):
    monkeypatch.setattr(services.keeping, "MOST_PIECES", 2)
    keep()
    second = keep()
    assert codes(keep()) == ["EVIDENCE_TOO_MANY"]
    remove(second.piece.id)
    assert keep().piece is not None


@pytest.mark.django_db
def test_the_database_refuses_to_change_pieces_and_acts():
    keep()
    for table in ("piece", "entry"):
        for words in (f"UPDATE evidence_{table} SET id = id", f"DELETE FROM evidence_{table}"):
            statement = words.replace("SET id = id", "SET owner = owner")
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def tamper(words):
    with connection.cursor() as cursor:
        kept = {"piece": "words_stay", "entry": "reason_stays"}
        for table, words_kept in kept.items():
            for guard in ("no_update", "no_delete", words_kept):
                name = f"evidence_{table}_{guard}"
                suffix = f" ON evidence_{table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")
        cursor.execute(words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("UPDATE evidence_piece SET caption = 'lain'", "EVIDENCE_CHANGED"),
        ("UPDATE evidence_entry SET actor_id = '00000000000000000000000000000009'", "EVIDENCE_CHAIN"),
        ("UPDATE evidence_entry SET reason = 'lain' WHERE act = 'remove'", "EVIDENCE_CHAIN"),
        ("DELETE FROM evidence_entry WHERE number = 1", "EVIDENCE_CHAIN"),
        ("DELETE FROM evidence_entry", "EVIDENCE_CHAIN"),
    ],
)
def test_the_audit_finds_what_was_changed(words, code):
    remove(keep().piece.id)
    assert audited() == []
    tamper(words)
    assert code in audited()


@pytest.mark.django_db
def test_the_audit_finds_files_that_were_changed_removed_or_have_no_row():
    piece = keep().piece
    keep(files.photo(colour=(1, 1, 1)))  # settles the first
    path = settings.SIDARA_HOME / shelf.FOLDER / "blobs" / piece.digest[:2] / piece.digest
    content = path.read_bytes()
    path.write_bytes(content + b"x")
    assert audited() == ["EVIDENCE_FILE_CHANGED"]
    path.unlink()
    assert audited() == ["EVIDENCE_FILE_MISSING"]
    path.write_bytes(content)
    (path.parent / ("f" * 64)).write_bytes(b"siapa?")
    assert "EVIDENCE_FILE_STRAY" in audited()


@pytest.mark.django_db
def test_a_guard_is_asked_inside_the_transaction():
    forbidden = gone()
    assert codes(keep(guard=lambda: forbidden)) == ["EVIDENCE_GONE"]
    assert lying() == set()
