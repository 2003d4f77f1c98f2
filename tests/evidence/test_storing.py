"""Files in an object store: over real HTTP against a server of its own process, which may die at any time."""

import os
import subprocess
from uuid import uuid4

import pytest
from django.db import connection

from sidara.evidence import models, queries, services
from sidara.evidence.core import StoreAway, hash_of
from sidara.evidence.core.address import Address, address
from sidara.evidence.formats import bucket, shelf, shelter
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from tests.evidence import files
from tests.evidence.storing import BUCKET, Server
from tests.evidence.test_keeping import GOOD, OWNER, RIGHT, audited, codes, keep, lying, person, remove
from tests.evidence.test_redacting import redact
from tests.evidence.test_uploads import finish, sent
from tests.serving import SIDARA

PREFIX = "desa/bukti/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    made = Server()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def far(server, tmp_path, settings, monkeypatch):
    """Keep files in the store, whose bucket is empty; parts under way stay in the folder."""
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bucket, "TRIES", 1)
    settings.SIDARA_HOME = tmp_path
    settings.SIDARA_EVIDENCE = Address(BUCKET, PREFIX)
    queries._bucket.cache_clear()
    server.empty()
    yield server
    queries._bucket.cache_clear()


@pytest.fixture
def mortal(monkeypatch):
    """A server that a test may end, in place of the one that all share."""
    made = Server()
    monkeypatch.setenv("AWS_ENDPOINT_URL", made.address)
    queries._bucket.cache_clear()
    made.empty()
    yield made
    made.stop()


def names(server):
    return {key.rpartition("/")[2] for key in server.lying()}


def read(piece, *, is_small=False):
    _, content = queries.piece_file(person(), OWNER, piece.id, right=RIGHT, is_small=is_small)
    with content:
        return content.read()


def test_a_photograph_is_kept_and_read_with_its_small_picture(far):
    kept = keep().piece
    assert hash_of(read(kept)) == kept.digest
    assert hash_of(read(kept, is_small=True)) == kept.small
    assert names(far) == {kept.digest, kept.small}
    assert lying() == set(), "nothing of it lies in the folder"
    other = keep(files.photo(colour=(9, 9, 9))).piece
    assert f"{PREFIX}blobs/{kept.digest[:2]}/{kept.digest}" in far.lying()
    assert f"{PREFIX}incoming/{other.digest}" in far.lying()
    assert hash_of(read(kept)) == kept.digest
    assert audited() == []
    status, content = far.ask("GET", f"/{PREFIX}blobs/{kept.digest[:2]}/{kept.digest}")
    assert (status, hash_of(content)) == (200, kept.digest)


def test_the_same_file_twice_lies_there_once(far):
    first, second = keep().piece, keep().piece
    assert first.digest == second.digest
    assert names(far) == {first.digest, first.small}
    keep(files.photo(colour=(9, 9, 9)))
    assert len(far.lying()) == 4
    assert hash_of(read(second)) == second.digest
    assert audited() == []


def test_parts_stay_in_the_folder_until_all_has_come(far, tmp_path):
    content = files.photo((500, 700), kind="PNG", noisy=True)
    upload = sent(content)
    assert far.lying() == []
    assert len([one for one in (tmp_path / shelf.FOLDER).rglob("*") if one.is_file()]) > 1
    done = finish(upload)
    assert names(far) == {done.piece.digest, done.piece.small}
    assert [one for one in (tmp_path / shelf.FOLDER).rglob("*") if one.is_file()] == []
    assert audited() == []


def test_a_file_that_is_missing_or_changed_is_named(far):
    kept = keep().piece
    keep(files.photo(colour=(9, 9, 9)))
    place = f"/{PREFIX}blobs/{kept.digest[:2]}/{kept.digest}"
    far.ask("PUT", place, b"lain")
    assert audited() == ["EVIDENCE_FILE_CHANGED"]
    far.ask("DELETE", place)
    (found,) = queries.audit(OPERATOR)
    assert (found.code, found.value) == ("EVIDENCE_FILE_MISSING", kept.digest)
    assert queries.piece_file(person(), OWNER, kept.id, right=RIGHT) is None
    assert hash_of(read(kept, is_small=True)) == kept.small
    far.ask("PUT", f"/{PREFIX}blobs/ab/{'ab' * 32}", b"asing")
    assert "EVIDENCE_FILE_STRAY" in audited()


def test_many_files_are_listed_page_by_page(far, monkeypatch):
    store = queries.store(OPERATOR)
    for number in range(5):
        store.put(f"blobs/aa/{number}", b"x")
    ask = store._client.list_objects_v2
    monkeypatch.setattr(store._client, "list_objects_v2", lambda **named: ask(MaxKeys=2, **named))
    assert [path.rpartition("/")[2] for path in store.under("blobs/")] == ["0", "1", "2", "3", "4"]


def test_what_nobody_names_is_thrown_away_by_the_next_act(far):
    queries.store(OPERATOR).put(f"incoming/{'cd' * 32}", b"dari proses yang mati")
    keep()
    assert "cd" * 32 not in names(far)
    assert audited() == []


def test_a_file_that_another_act_threw_away_meanwhile_is_laid_once_more(far):
    """Between a file and its row another one keeps something, and throws away what has no row."""
    between = [lambda: keep(files.photo(colour=(9, 9, 9)))]

    def once(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and between:
            between.pop()()
            assert f"{PREFIX}incoming/{hash_of_kept}" not in far.lying()
        return execute(sql, params, many, context)

    hash_of_kept = hash_of(shelter.look(GOOD, keeps_place=False).content)
    with connection.execute_wrapper(once):
        kept = keep(GOOD, message=uuid4()).piece
    assert not between
    assert hash_of(read(kept)) == kept.digest == hash_of_kept
    assert audited() == []


def test_a_redacted_file_leaves_the_store(far):
    kept, other = keep().piece, keep(files.photo(colour=(9, 9, 9))).piece
    redact(kept.id)
    assert names(far) == {other.digest, other.small}
    assert audited() == []


def test_a_store_that_was_ended_is_told_and_nothing_is_half_kept(mortal):
    kept = keep().piece
    mortal.stop()
    message = uuid4()
    done = keep(files.photo(colour=(9, 9, 9)), message=message)
    assert (done.piece, codes(done)) == (None, ["EVIDENCE_STORE"])
    assert models.Piece.objects.count() == models.Entry.objects.count() == 1
    with pytest.raises(StoreAway):
        queries.piece_file(person(), OWNER, kept.id, right=RIGHT)
    assert audited() == ["EVIDENCE_STORE"]
    assert remove(kept.id) is None, "what needs no file goes on"


def test_a_file_in_parts_stays_until_the_store_answers_again(mortal, far, monkeypatch):
    content = files.photo((500, 700), kind="PNG", noisy=True)
    upload = sent(content)
    mortal.stop()
    assert codes(finish(upload)) == ["EVIDENCE_STORE"]
    (under,) = queries.uploads(person(), OWNER, right=RIGHT)
    assert under.gaps == (), "nothing that came is lost"
    monkeypatch.setenv("AWS_ENDPOINT_URL", far.address)
    queries._bucket.cache_clear()
    assert finish(upload).piece is not None
    assert queries.uploads(person(), OWNER, right=RIGHT) == ()
    assert audited() == []


def test_a_store_that_ends_between_file_and_row_leaves_no_row(mortal):
    def dying():
        mortal.stop()

    done = keep(guard=dying)
    assert (done.piece, codes(done)) == (None, ["EVIDENCE_STORE"])
    assert models.Piece.objects.count() == models.Entry.objects.count() == 0


def test_a_store_that_ends_while_a_file_leaves_is_told_and_it_leaves_later(mortal, far, monkeypatch):
    kept = keep().piece
    keep(files.photo(colour=(9, 9, 9)))
    redact(kept.id, clears=False)
    mortal.pause()
    monkeypatch.setattr(bucket, "ANSWERING", 1)
    queries._bucket.cache_clear()
    services.clear_away(person(), owner=OWNER, right=RIGHT)
    assert models.Leaving.objects.count() == 2
    monkeypatch.setenv("AWS_ENDPOINT_URL", far.address)
    queries._bucket.cache_clear()
    queries.store(OPERATOR).put(f"blobs/{kept.digest[:2]}/{kept.digest}", b"x")
    services.clear_away(person(), owner=OWNER, right=RIGHT)
    assert kept.digest not in names(far)
    assert models.Leaving.objects.count() == 0


def test_a_bucket_is_reached_or_the_reason_is_told_without_keys(far, settings):
    queries.refuse_away(OPERATOR)
    settings.SIDARA_EVIDENCE = Address("tidak-ada", "")
    with pytest.raises(Exception, match=r"tidak menjawab sebagaimana mestinya \(NoSuchBucket\)") as told:
        queries.refuse_away(OPERATOR)
    assert "contoh" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("", None),
        ("s3://bukti", Address("bukti", "")),
        ("s3://bukti/", Address("bukti", "")),
        ("s3://bukti/desa/2026/", Address("bukti", "desa/2026/")),
    ],
)
def test_an_address_is_read(text, read_as):
    assert address(text) == read_as


@pytest.mark.parametrize(
    "text", ["bukti", "s3:/bukti", "s3://", "s3://B", "file:///srv", "s3://bukti/a b", "s3://bukti/a\n"]
)
def test_another_address_is_refused_in_words(text):
    with pytest.raises(ValueError, match="s3://ember/awalan"):
        address(text)


def test_without_the_library_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr("sidara.evidence.core.address.find_spec", lambda _name: None)
    with pytest.raises(ValueError, match=r"sidara\[s3\]"):
        address("s3://bukti")
    assert address("") is None


@pytest.mark.parametrize(
    ("place", "told"),
    [("ftp://bukti", "s3://ember/awalan"), ("s3://tidak-ada", r"(NoSuchBucket)")],
)
def test_the_server_does_not_begin_without_its_store(far, tmp_path, place, told):
    """Said at once, not to the first village that hands something in."""
    ran = subprocess.run(
        [SIDARA, "serve"],
        env=os.environ | {"SIDARA_HOME": str(tmp_path), "SIDARA_EVIDENCE": place, "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == Exit.REFUSED
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
