"""Files come in parts, in any order and cut anywhere, and are kept whole and once, or nothing is."""

import errno
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from sidara.evidence import models, queries, services
from sidara.evidence.core import (
    GRAIN,
    HELD,
    PART,
    Owner,
    Said,
    Span,
    fresh_in,
    gaps_of,
    gone,
    hash_of,
    together,
)
from sidara.evidence.formats import berth, disk, folder, shelf
from sidara.evidence.services import keeping, uploading
from sidara.kernel.actor import OPERATOR, PUBLIC_OPERATIONS, Actor, Area, Grant, NotAllowed
from tests.evidence import files

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
VILLAGE = "62.01.02.2016"
OWNER = Owner("contoh:1", VILLAGE, "KES", "collection", "|KES_001|_T")
RIGHT = "contoh.simpan"
GOOD = files.photo((900, 700), kind="PNG", noisy=True)


def person(region=VILLAGE, number=7):
    grant = Grant("g", "contoh", frozenset({RIGHT}), Area((region,)))
    return Actor(UUID(int=number), "Contoh", "Petugas contoh", PUBLIC_OPERATIONS, (grant,))


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.SIDARA_HOME = tmp_path
    return tmp_path / shelf.FOLDER


def begin(content=GOOD, *, upload=None, actor=None, now=NOW, owner=OWNER, guard=lambda: None, **said):
    told = Said(**{"name": "foto.png", "size": len(content), "original": hash_of(content)} | said)
    return services.begin(
        actor or person(), owner=owner, right=RIGHT, upload=upload or uuid4(), said=told, now=now, guard=guard
    )


def take(upload, low, content, *, actor=None, digest=None, owner=OWNER):
    part = services.Part(low, content, digest or hash_of(content))
    return services.take_part(actor or person(), owner=owner, right=RIGHT, upload=upload, part=part)


def finish(upload, *, actor=None, guard=lambda: None, owner=OWNER):
    return services.finish(actor or person(), owner=owner, right=RIGHT, upload=upload, now=NOW, guard=guard)


def drop(upload, *, actor=None):
    services.drop(actor or person(), owner=OWNER, right=RIGHT, upload=upload)


def send(upload, content=GOOD, *, actor=None):
    for low in range(0, len(content), PART):
        take(upload, low, content[low : low + PART], actor=actor)


def sent(content=GOOD, **said):
    begun = begin(content, **said).upload
    send(begun.id, content)
    return begun.id


def codes(done):
    return [one.code for one in done.findings]


def lying(home):
    return [one for one in (home / "uploads").rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("size", "come", "gaps"),
    [
        (10, [], [(0, 10)]),
        (10, [(0, 10)], []),
        (10, [(2, 4), (7, 10)], [(0, 2), (4, 7)]),
        (10, [(7, 10), (0, 4), (2, 8)], []),
        (10, [(0, 4), (0, 2)], [(4, 10)]),
    ],
)
def test_gaps_are_what_has_not_come(size, come, gaps):
    assert gaps_of(size, [Span(*one) for one in come]) == tuple(Span(*one) for one in gaps)


@given(st.data())
def test_whatever_is_cut_wherever_makes_the_same_file(data):
    content = data.draw(st.binary(min_size=1, max_size=60))
    spots = st.integers(0, len(content))
    cuts = data.draw(st.lists(st.tuples(spots, spots).filter(lambda one: one[0] < one[1]), max_size=12))
    come: list[Span] = []
    for low, high in [*cuts, (0, len(content))]:
        part = Span(low, high)
        fresh = list(fresh_in(part, gaps_of(len(content), come)))
        assert all(low <= one.low < one.high <= high for one in fresh)
        come += fresh
    assert sum(one.high - one.low for one in come) == len(content), "no byte lies there twice"
    assert gaps_of(len(content), come) == ()
    assert together(len(content), [(one.low, content[one.low : one.high]) for one in come]) == content


def test_a_full_disk_leaves_nothing_of_a_part(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OSError, match="penuh"):
        berth.lay(tmp_path, uuid4(), 0, b"x")
    with pytest.raises(OSError, match="penuh"):
        shelf.lay(folder.Folder(tmp_path), b"x", "a" * 64)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_what_other_programs_lay_beside_files_under_way_is_not_ours(tmp_path):
    upload = uuid4()
    berth.lay(tmp_path, upload, 0, b"x")
    for name in (".DS_Store", "lost+found", "{" + str(uuid4()) + "}", str(uuid4()).upper()):
        (tmp_path / "uploads" / name).mkdir()
    assert berth.held(tmp_path) == {upload}


@pytest.mark.django_db
@examples(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_parts_in_any_order_and_size_are_the_file_on_the_disk(data, home):
    size = data.draw(st.integers(1, 9 * GRAIN))
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    spots = range(0, size, GRAIN)
    parts = [
        (low, min(size, low + GRAIN * data.draw(st.integers(1, 8))))
        for low in data.draw(st.lists(st.sampled_from(spots), max_size=6))
    ]
    rest = data.draw(st.permutations([(low, min(size, low + PART)) for low in range(0, size, PART)]))
    upload = begin(content).upload.id  # only now: an example that is broken off leaves nothing under way
    for low, high in [*parts, *rest]:
        told = take(upload, low, content[low:high])
        assert told.upload == queries.upload(person(), OWNER, upload, right=RIGHT)
    assert told.upload.gaps == ()
    assert told.upload.received == size
    assert together(size, berth.parts(home, upload)) == content
    assert sum(len(part) for _, part in berth.parts(home, upload)) == size
    drop(upload)
    assert lying(home) == []


@pytest.mark.django_db
def test_a_file_in_parts_is_kept_as_one_that_came_at_once(home):
    upload = begin(caption=" balai  desa ").upload
    assert upload.gaps == (Span(0, len(GOOD)),)
    assert len(GOOD) > 2 * PART
    send(upload.id)
    done = finish(upload.id)
    other = services.keep(
        person(),
        owner=OWNER,
        right=RIGHT,
        handed=services.Handed(uuid4(), GOOD, "foto.png", "balai desa"),
        now=NOW,
        guard=lambda: None,
    )
    assert (done.piece.id, done.piece.cell, done.piece.caption) == (upload.id, OWNER.cell, "balai desa")
    assert (done.piece.digest, done.piece.original) == (other.piece.digest, hash_of(GOOD))
    assert codes(done) == codes(other)
    assert lying(home) == []
    assert models.Upload.objects.count() == 0
    assert [one.code for one in queries.audit(OPERATOR)] == []


@pytest.mark.django_db
def test_every_step_said_again_is_told_the_same(home):
    first = begin().upload
    take(first.id, 0, GOOD[:PART])
    again = begin(upload=first.id).upload
    assert again.gaps == (Span(PART, len(GOOD)),)
    assert take(first.id, 0, GOOD[:PART]).upload == again
    assert len(lying(home)) == 1
    send(first.id)
    done, repeated = finish(first.id), finish(first.id)
    assert repeated.is_repeated
    assert repeated.piece.id == done.piece.id
    late = begin(upload=first.id).upload
    assert (late.is_kept, late.gaps) == (True, ())
    assert codes(take(first.id, 0, GOOD[:PART])) == ["UPLOAD_GONE"]
    assert lying(home) == []
    drop(first.id)
    assert len(queries.pieces(person(), OWNER, right=RIGHT)) == 1


@pytest.mark.django_db
def test_what_is_said_of_a_file_may_change_but_not_the_file():
    upload = begin().upload.id
    owner = Owner(OWNER.reference, VILLAGE, "KES", "collection", "|KES_002|_T")
    assert begin(upload=upload, owner=owner, caption="lain").upload.cell == "|KES_002|_T"
    assert codes(begin(GOOD + b"x", upload=upload)) == ["MESSAGE_REUSED"]
    assert codes(begin(upload=upload, owner=Owner("contoh:2", VILLAGE, "KES", "collection"))) == [
        "MESSAGE_REUSED"
    ]
    send(upload)
    assert finish(upload).piece.caption == "lain"
    assert codes(begin(upload=upload)) == ["MESSAGE_REUSED"], "it is kept with other words"


@pytest.mark.django_db
def test_only_who_may_there_and_began_it_goes_on():
    upload = begin().upload.id
    stranger = person("62.01.03.2001", 8)
    for act in (
        lambda: begin(upload=upload, actor=stranger),
        lambda: take(upload, 0, GOOD[:PART], actor=stranger),
        lambda: finish(upload, actor=stranger),
        lambda: drop(upload, actor=stranger),
        lambda: queries.upload(stranger, OWNER, upload, right=RIGHT),
        lambda: queries.uploads(stranger, OWNER, right=RIGHT),
    ):
        with pytest.raises(NotAllowed):
            act()
    colleague = person(number=9)
    assert codes(begin(upload=upload, actor=colleague)) == ["MESSAGE_REUSED"]
    assert codes(take(upload, 0, GOOD[:PART], actor=colleague)) == ["UPLOAD_GONE"]
    assert codes(finish(upload, actor=colleague)) == ["UPLOAD_GONE"]
    assert queries.uploads(colleague, OWNER, right=RIGHT) == ()
    drop(upload, actor=colleague)
    elsewhere = Owner("contoh:2", VILLAGE, "KES", "collection")
    assert codes(take(upload, 0, GOOD[:PART], owner=elsewhere)) == ["UPLOAD_GONE"]
    assert queries.uploads(person(), OWNER, right=RIGHT) == (
        queries.upload(person(), OWNER, upload, right=RIGHT),
    )
    send(upload)
    finish(upload)
    assert codes(finish(upload, actor=colleague)) == ["UPLOAD_GONE"], "nor is its piece told"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"size": 0}, "EVIDENCE_EMPTY"),
        ({"size": 10_000_001}, "EVIDENCE_TOO_LARGE"),
        ({"name": "KTP 6201021203850001.jpg"}, "EVIDENCE_NAME_PERSONAL"),
        ({"caption": "hubungi 0812-3456-7890"}, "EVIDENCE_NAME_PERSONAL"),
    ],
)
def test_what_would_be_refused_is_refused_before_it_is_sent(said, code):
    assert codes(begin(**said)) == [code]
    assert codes(begin(guard=gone)) == ["EVIDENCE_GONE"]
    assert models.Upload.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (1, 1 + GRAIN, "UPLOAD_PART_WRONG"),
        (0, GRAIN + 1, "UPLOAD_PART_WRONG"),
        (0, PART + GRAIN, "UPLOAD_PART_WRONG"),
        (GRAIN, GRAIN, "UPLOAD_PART_WRONG"),
        (-GRAIN, 0, "UPLOAD_PART_WRONG"),
        (len(GOOD) // GRAIN * GRAIN, (len(GOOD) // GRAIN + 1) * GRAIN, "UPLOAD_PART_WRONG"),
    ],
)
def test_a_part_that_lies_wrong_is_not_taken(home, low, high, code):
    upload = begin().upload.id
    assert codes(take(upload, low, bytes(high - low))) == [code]
    assert lying(home) == []


@pytest.mark.django_db
def test_a_part_that_was_changed_on_the_way_is_not_taken(home):
    upload = begin().upload.id
    assert codes(take(upload, 0, bytes(GRAIN), digest=hash_of(GOOD[:GRAIN]))) == ["UPLOAD_PART_BROKEN"]
    assert lying(home) == []


@pytest.mark.django_db
def test_a_file_is_not_kept_before_all_has_come():
    upload = begin().upload.id
    take(upload, PART, GOOD[PART : 2 * PART])
    assert codes(finish(upload)) == ["UPLOAD_UNFINISHED"]
    assert queries.pieces(person(), OWNER, right=RIGHT) == ()


@pytest.mark.django_db
def test_what_came_and_is_another_file_is_sent_again(home):
    upload = begin(original="0" * 64).upload.id
    send(upload)
    assert codes(finish(upload)) == ["UPLOAD_DIFFERENT"]
    assert lying(home) == []
    assert codes(finish(upload)) == ["UPLOAD_UNFINISHED"]


@pytest.mark.django_db
def test_a_lock_leaves_what_has_come_and_no_proof_is_told_again(home):
    upload = sent()
    assert codes(finish(upload, guard=gone)) == ["EVIDENCE_GONE"]
    assert finish(upload).piece is not None
    bad = b"bukan foto" * 30_000
    upload = sent(bad)
    assert codes(finish(upload)) == ["EVIDENCE_KIND"]
    assert codes(finish(upload)) == ["EVIDENCE_KIND"], "its answer may get lost"
    assert codes(begin(bad, upload=upload)) == ["EVIDENCE_KIND"]
    assert codes(take(upload, 0, bad[:PART])) == ["EVIDENCE_KIND"], "nobody counts what lies there"
    assert queries.uploads(person(), OWNER, right=RIGHT) == ()
    assert lying(home) == []


@pytest.mark.django_db
def test_who_reads_what_another_request_keeps_meanwhile_reads_no_more(home):
    upload = sent()
    read = []
    for _, content in berth.parts(home, upload):
        read.append(content)
        finish(upload)
    assert len(read) == 1
    assert finish(upload).is_repeated


@pytest.mark.django_db
def test_an_account_has_so_many_files_under_way(monkeypatch):
    monkeypatch.setattr(uploading, "MOST_UPLOADS", 2)
    first, second = begin().upload.id, begin().upload.id
    assert codes(begin()) == ["UPLOAD_TOO_MANY"]
    assert begin(upload=first).upload is not None, "what is under way goes on"
    assert begin(actor=person(number=9)).upload is not None
    drop(second)
    assert begin().upload is not None


@pytest.mark.django_db
def test_an_owner_that_is_full_takes_no_further_file(monkeypatch):
    monkeypatch.setattr(uploading, "MOST_PIECES", 1)
    finish(sent())
    assert codes(begin()) == ["EVIDENCE_TOO_MANY"]


@pytest.mark.django_db
def test_what_nobody_goes_on_with_is_cleared_away(home):
    upload = begin().upload.id
    take(upload, 0, GOOD[:PART])
    day = timedelta(days=1)
    begin(now=NOW + HELD - day, actor=person(number=9))
    assert begin(upload=upload, now=NOW + HELD - day).upload.received == PART
    begin(now=NOW + HELD + day, actor=person(number=9))
    assert queries.upload(person(), OWNER, upload, right=RIGHT) is not None, "it was gone on with"
    begin(now=NOW + HELD + HELD, actor=person(number=9))
    assert codes(take(upload, PART, GOOD[PART : 2 * PART])) == ["UPLOAD_GONE"]
    assert lying(home) == []


@pytest.mark.django_db
def test_what_lay_there_under_the_same_id_is_no_part_of_a_new_file(home):
    upload = begin().upload.id
    take(upload, 0, GOOD[:PART])
    models.Upload.objects.all().delete()
    assert begin(GOOD[::-1], upload=upload).upload.received == 0
    assert lying(home) == []


@pytest.mark.django_db
def test_a_file_that_came_at_once_ends_what_was_under_way_under_its_id(home):
    upload = begin().upload.id
    take(upload, 0, GOOD[:PART])
    handed = services.Handed(upload, GOOD, "foto.png")
    keeping.keep(person(), owner=OWNER, right=RIGHT, handed=handed, now=NOW, guard=lambda: None)
    assert queries.uploads(person(), OWNER, right=RIGHT) == ()
    assert lying(home) == []
