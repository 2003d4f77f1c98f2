"""What a file is told by its content; what is kept is written anew, and nothing of a person stays in it."""

import io

import pikepdf
import pytest
from PIL import ExifTags, Image

from sidara.evidence.core import LONGEST_SIDE, Kind, Looked, hash_of, named_for, told_of
from sidara.evidence.formats import shelter
from tests.evidence import files


def look(content, *, keeps_place=False):
    return shelter.look(content, keeps_place=keeps_place)


def codes(looked, name):
    return [one.code for one in told_of(looked, name)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.photo(), Kind.JPEG),
        (files.photo(kind="WEBP"), Kind.JPEG),
        (files.photo(kind="PNG"), Kind.JPEG),
        (files.photo(kind="PNG", mode="L", colour=7), Kind.PNG),
        (files.photo(kind="PNG", mode="RGBA", colour=(1, 2, 3, 0)), Kind.JPEG),
        (files.photo(kind="HEIF"), Kind.JPEG),
        (files.photo(kind="HEIF", mode="RGBA", colour=(1, 2, 3, 0)), Kind.JPEG),
        (files.document(), Kind.PDF),
    ],
)
def test_the_kind_is_told_from_the_content(content, kind):
    found = look(content)
    assert isinstance(found, Looked)
    assert found.kind is kind
    assert bool(found.small) == (kind is not Kind.PDF)
    assert look(found.content).kind is kind


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_place_time_and_device_leave_a_photograph(kind):
    given = files.photo(exif=True, kind=kind)
    assert b"Telepon Contoh" in given
    found = look(given)
    assert b"Telepon Contoh" not in found.content + found.small
    with Image.open(io.BytesIO(found.content)) as kept:
        assert not len(kept.getexif())
    assert (found.taken_at, found.latitude, found.longitude) == ("", "", "")
    assert codes(found, "foto.jpg") == ["EVIDENCE_CLEANED"]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_what_programs_wrote_beside_a_photograph_leaves_it(kind):
    """XMP may hold place and names; the profile of a device its number."""
    out, options = (
        io.BytesIO(),
        {"xmp": b"<x:xmpmeta>Nama Seseorang</x:xmpmeta>", "icc_profile": b"Nama Alat"},
    )
    files.photo(kind=kind)
    Image.new("RGB", (64, 64)).save(out, kind, **options)
    assert b"Nama Seseorang" in out.getvalue()
    found = look(out.getvalue())
    assert b"Nama" not in found.content + found.small


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_place_and_time_are_told_beside_it_when_asked_for(kind):
    found = look(files.photo(exif=True, kind=kind), keeps_place=True)
    assert (found.taken_at, found.latitude, found.longitude) == (
        "2026-11-20 09:30:00",
        "-2.685000",
        "111.625000",
    )
    with Image.open(io.BytesIO(found.content)) as kept:
        assert not len(kept.getexif())
    assert codes(found, "foto.jpg") == []


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])  # the one says it in its Exif, the other one in a box
def test_a_large_photograph_gets_smaller_and_stands_upright(kind):
    files.photo(kind=kind)
    image = Image.new("RGB", (4000, 1000))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes())
    found = look(out.getvalue())
    assert (found.width, found.height) == (LONGEST_SIDE // 4, LONGEST_SIDE)
    with Image.open(io.BytesIO(found.small)) as small:
        assert max(small.size) == 320


def test_what_lies_behind_a_picture_is_not_kept():
    found = look(files.photo() + files.archive())
    assert b"PK\x03\x04" not in found.content
    assert b"jahat" not in found.content
    assert codes(found, "foto.jpg") == ["EVIDENCE_CLEANED"]


def test_programs_files_and_names_leave_a_document():
    given = files.document(active=True)
    found = look(given)
    with pikepdf.open(io.BytesIO(found.content)) as kept:
        assert "/OpenAction" not in kept.Root
        assert not len(kept.attachments)
        assert "/Info" not in kept.trailer
        every = "".join(repr(one) for one in kept.objects)
    assert "Launch" not in every
    assert "JavaScript" not in every
    assert "EmbeddedFile" not in every
    assert found.left_out == ("berkas di dalam PDF", "program di dalam PDF")


def test_photographs_in_a_document_lose_their_place():
    inside = files.photo((8, 8), exif=True)
    given = files.document(image=inside)
    assert b"Telepon Contoh" in given
    found = look(given)
    assert b"Telepon Contoh" not in found.content
    with pikepdf.open(io.BytesIO(found.content)) as kept:
        raw = kept.pages[0].Resources.XObject.Im0.read_raw_bytes()
    with Image.open(io.BytesIO(raw)) as image:
        image.load()
        assert image.size == (8, 8)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><script>alert(1)</script>", "EVIDENCE_KIND"),
        (b"MZ\x90\x00" + b"\0" * 200, "EVIDENCE_KIND"),
        (files.archive(), "EVIDENCE_KIND"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "EVIDENCE_KIND"),
        (b"junk before " + files.document(), "EVIDENCE_KIND"),
        (files.photo(kind="GIF"), "EVIDENCE_KIND"),
        (files.photo(kind="TIFF"), "EVIDENCE_KIND"),
        (files.photo()[:400], "EVIDENCE_BROKEN"),
        (files.document()[:60], "EVIDENCE_BROKEN"),
        (files.photo(kind="HEIF", noisy=True)[:4000], "EVIDENCE_BROKEN"),
        (files.photo(kind="HEIF")[:60], "EVIDENCE_BROKEN"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 4 + b"mif1heic" + b"\0" * 99, "EVIDENCE_BROKEN"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 4 + b"isommp42" + b"\0" * 99, "EVIDENCE_KIND"),
        (files.photo(kind="AVIF"), "EVIDENCE_KIND"),
        (files.huge_heif(), "EVIDENCE_PIXELS"),
        (files.huge_picture(), "EVIDENCE_PIXELS"),
        (files.document(61), "EVIDENCE_PAGES"),
        (files.document(password="sandi"), "EVIDENCE_LOCKED"),
    ],
)
def test_what_is_no_proof_is_refused(content, code):
    assert look(content) == code


def test_a_bomb_dies_in_its_shelter():
    content = files.huge_document()
    assert len(content) < 10_000_000
    assert look(content) in {"EVIDENCE_HEAVY", "EVIDENCE_BROKEN"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("foto balai.JPG", "foto balai.jpg"),
        ("C:\\Users\\x\\bukti.pdf.exe", "bukti.pdf.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ('a"b\r\nc\u202e.jpg', "abc.jpg"),
        ("", "bukti.jpg"),
        ("x" * 400 + ".jpeg", "x" * 115 + ".jpg"),
    ],
)
def test_names_are_made_harmless(given, kept):
    assert named_for(given, Kind.JPEG) == kept


def test_a_name_that_says_otherwise_is_told():
    looked = look(files.photo())
    assert codes(looked, "surat.pdf") == ["EVIDENCE_NAME_OTHER"]
    assert codes(looked, "foto.jpeg") == []
    assert codes(look(files.photo(kind="HEIF")), "IMG_0001.HEIC") == []


def test_the_same_file_is_written_the_same():
    for given in (files.photo(exif=True), files.document(active=True)):
        assert hash_of(look(given).content) == hash_of(look(given).content)
