"""The look into a file, run by `shelter` as a process of its own with bounds of memory and time.

    python -I -m sidara.evidence.formats.looking < (one line of JSON, then the file)

Writes one line of JSON and the bytes that it names. Knows nothing of Django and reads no other file. A
photograph is decoded and written anew; a PDF is taken apart and written anew without programs and files.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

BOUND_MEMORY, BOUND_SECONDS = 2_000_000_000, 20
PHOTOS, HEIF = ("JPEG", "PNG", "WEBP"), ("HEIF",)
_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
"""What the head of a HEIF file names, as telephones write it: pictures by HEVC."""
PLACE, TAIL, ACTIVE, EMBEDDED = (
    "tempat, waktu dan perangkat foto",
    "data tambahan di belakang gambar",
    "program di dalam PDF",
    "berkas di dalam PDF",
)
_ACTIVE = {"/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
_FILES = {"/EF", "/EmbeddedFiles", "/AF"}
_SILENT = {"/Metadata", "/PieceInfo", "/LastModified"}
_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute", "/ResetForm", "/Hide",
}  # fmt: skip
_SEGMENTS = frozenset((*range(0xE1, 0xEE), 0xEF, 0xFE))
"""Markers of a JPEG that hold no picture: APP1 to APP13, APP15, comments."""


class Refused(Exception):  # noqa: N818 - what happened, not a fault
    """The file cannot be kept; the code says why."""


def look(content: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes, bytes]:
    """Give what a file is, its content written anew, and its small picture (empty for a PDF)."""
    if content.startswith(b"%PDF-"):
        return (*_document(content, options), b"")
    return _photo(content, options)


def _photo(content: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes, bytes]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # held below, with words of ours
    formats = _formats(content)
    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            given, size = str(image.format), image.size
            if size[0] * size[1] > options["pixels"]:
                raise Refused("EVIDENCE_PIXELS")
            side = options["side"]
            image.draft("RGB", (side, side))
            exif = image.getexif()
            told = _told_in(exif) if options["keeps_place"] else {}
            left = [] if told or not len(exif) else [PLACE]
            image.load()
            # A PNG of few colours is a scan or a drawing and stays one, everything else is a photograph.
            is_drawn = given == "PNG" and image.mode in {"1", "L", "P", "LA"}
            turned = ImageOps.exif_transpose(image)
            whole = _flat(turned)
            whole.thumbnail((side, side), Image.Resampling.LANCZOS)
            kept = _written(whole, "PNG" if is_drawn else "JPEG")
            small = whole.copy()
            small.thumbnail((options["small"], options["small"]), Image.Resampling.LANCZOS)
    except UnidentifiedImageError as fault:
        begins = (b"\xff\xd8", b"\x89PNG", b"RIFF")
        is_cut = formats is HEIF or content.startswith(begins)
        raise Refused("EVIDENCE_BROKEN" if is_cut else "EVIDENCE_KIND") from fault
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as fault:
        raise Refused("EVIDENCE_BROKEN") from fault
    if _has_tail(content, given):
        left.append(TAIL)
    kind = "image/png" if is_drawn else "image/jpeg"
    head = {"kind": kind, "width": whole.width, "height": whole.height, "left_out": left, **told}
    return head, kept, _written(small, "JPEG", quality=75)


def _formats(content: bytes) -> tuple[str, ...]:
    """Give what a photograph is opened as; the decoder of telephones is there only for what names it."""
    if content[4:8] != b"ftyp":
        return PHOTOS
    head = content[8 : min(int.from_bytes(content[:4], "big"), 256)]
    if _BRANDS.isdisjoint(head[at : at + 4] for at in range(0, len(head), 4)):
        return PHOTOS
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    return HEIF


def _flat(image: Any) -> Any:
    """Give a picture without palette and without anything shining through: on white."""
    from PIL import Image

    if image.mode in {"1", "L"}:
        return image.convert("L")
    if image.mode in {"RGB", "CMYK", "YCbCr"}:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    white.alpha_composite(clear)
    return white.convert("RGB")


def _written(image: Any, kind: str, quality: int = 85) -> bytes:
    out = io.BytesIO()
    options = (
        {"optimize": True} if kind == "PNG" else {"quality": quality, "optimize": True, "progressive": True}
    )
    image.save(out, kind, **options)
    return out.getvalue()


def _told_in(exif: Any) -> dict[str, str]:
    """Give when and where a photograph was taken, as its device says."""
    from PIL import ExifTags

    told = {}
    when = str(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, ""))
    if re.fullmatch(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", when):
        told["taken_at"] = when.replace(":", "-", 2)
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps = ExifTags.GPS
    for name, angle, side in (
        ("latitude", gps.GPSLatitude, gps.GPSLatitudeRef),
        ("longitude", gps.GPSLongitude, gps.GPSLongitudeRef),
    ):
        try:
            degrees, minutes, seconds = (float(part) for part in place[angle])
            value = degrees + minutes / 60 + seconds / 3600
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            continue
        if 0 <= value <= 180:
            told[name] = f"{-value if place.get(side) in {'S', 'W'} else value:.6f}"
    return told if {"latitude", "longitude"} <= told.keys() or "taken_at" in told else {}


def _has_tail(content: bytes, kind: str) -> bool:
    """Whether something lies behind the picture. A HEIF file is boxes, of which others may well be more."""
    if kind in HEIF:
        return False
    if kind == "PNG":
        return not content.rstrip(b"\0").endswith(b"IEND\xaeB`\x82")
    if kind == "WEBP":
        return len(content) > int.from_bytes(content[4:8], "little") + 9
    return not content.rstrip(b"\0").endswith(b"\xff\xd9")


def _document(content: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if pages > options["pages"]:
                raise Refused("EVIDENCE_PAGES")
            if not pages:
                raise Refused("EVIDENCE_BROKEN")
            left = sorted({found for one in pdf.objects for found in _cleaned(one)})
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                preserve_pdfa=False,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    except pikepdf.PasswordError as fault:
        raise Refused("EVIDENCE_LOCKED") from fault
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as fault:
        raise Refused("EVIDENCE_BROKEN") from fault
    return {"kind": "application/pdf", "pages": pages, "left_out": left}, out.getvalue()


def _cleaned(one: Any) -> Iterator[str]:
    """Take out of an object of a PDF what runs and what is no page; says what."""
    import pikepdf

    waiting = [one]
    while waiting:
        at = waiting.pop()
        if isinstance(at, pikepdf.Array):
            waiting += [part for part in at if _is_own(part)]
        elif isinstance(at, pikepdf.Dictionary | pikepdf.Stream):
            yield from _taken_out(at)
            waiting += [part for part in (at[key] for key in list(at.keys())) if _is_own(part)]
            if isinstance(at, pikepdf.Stream) and str(at.get("/Filter", "")) == "/DCTDecode":
                raw = at.read_raw_bytes()
                bare = _bare(raw)
                if bare != raw:
                    at.write(bare, filter=pikepdf.Name.DCTDecode)
                    yield PLACE


def _is_own(part: Any) -> bool:
    """Whether a part is written inside its object; others come by themselves."""
    import pikepdf

    return isinstance(part, pikepdf.Object) and not part.is_indirect


def _taken_out(at: Any) -> Iterator[str]:
    """Take the keys out of a dictionary that run, hold files or tell of people; an action loses all."""
    is_action = str(at.get("/S", "")) in _ACTIONS
    if is_action:
        yield ACTIVE
    for key in list(at.keys()):
        if is_action or key in _ACTIVE | _FILES | _SILENT:
            del at[key]
            if key in _ACTIVE | _FILES:
                yield EMBEDDED if key in _FILES else ACTIVE


def _bare(jpeg: bytes) -> bytes:
    """Give a JPEG without the segments that hold no picture."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    at, out = 2, [jpeg[:2]]
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA or length < 2:
            break
        if marker not in _SEGMENTS:
            out.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join((*out, jpeg[at:]))


def main() -> None:
    """Answer one look."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (BOUND_MEMORY, BOUND_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (BOUND_SECONDS, BOUND_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except ImportError:  # no bounds but time on such systems
        pass
    options = json.loads(sys.stdin.buffer.readline())
    try:
        head, kept, small = look(sys.stdin.buffer.read(), options)
    except Refused as refused:
        head, kept, small = {"fault": str(refused)}, b"", b""
    except (MemoryError, RecursionError):
        head, kept, small = {"fault": "EVIDENCE_HEAVY"}, b"", b""
    head["sizes"] = [len(kept), len(small)]
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + kept + small)


if __name__ == "__main__":
    main()
