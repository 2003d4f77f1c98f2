"""Files that people hand in, good and bad, made as they are needed."""

import io
import zipfile
import zlib
from pathlib import Path
from random import Random

import pikepdf
import pillow_heif
from PIL import ExifTags, Image, PngImagePlugin


def photo(size=(640, 480), *, kind="JPEG", colour=(30, 120, 60), exif=False, mode="RGB", noisy=False):
    """A photograph; with `exif` it tells where and when it was taken, and by which device.

    A `noisy` one cannot be packed: it has about a byte for each of its points. `HEIF` is what iPhones make.
    """
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    image = (
        Image.frombytes("L", size, Random(size[0]).randbytes(size[0] * size[1]))
        if noisy
        else Image.new(mode, size, colour)
    )
    made = Image.Exif()
    if exif:
        made[ExifTags.Base.Make] = "Telepon Contoh"
        made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:20 09:30:00"
        made.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSLatitudeRef: "S",
                ExifTags.GPS.GPSLatitude: (2.0, 41.0, 6.0),
                ExifTags.GPS.GPSLongitudeRef: "E",
                ExifTags.GPS.GPSLongitude: (111.0, 37.0, 30.0),
            }
        )
    out = io.BytesIO()
    image.save(out, kind, **({"exif": made} if exif else {}))
    return out.getvalue()


def document(pages=1, *, password="", active=False, image=b""):
    """A PDF; `active`: with a program, a file inside and the author's name; `image`: a JPEG on its page."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    if active:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('halo')")
        pdf.pages[0].Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"),
                )
            ]
        )
        pdf.attachments["rahasia.txt"] = b"isi berkas di dalam"
        pdf.docinfo["/Author"] = "Nama Seseorang"
    if image:
        stream = pdf.make_stream(
            image,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=8,
            Height=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
        )
        stream.write(image, filter=pikepdf.Name.DCTDecode)
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    out = io.BytesIO()
    locked = pikepdf.Encryption(user=password, owner=password) if password else False
    pdf.save(out, encryption=locked)
    return out.getvalue()


def archive():
    """A ZIP file, as lies behind the picture of a polyglot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("jahat.html", "<script>alert(1)</script>")
    return out.getvalue()


def huge_picture():
    """A PNG of 1.6 thousand million pixels in a few kilobytes."""
    out = io.BytesIO()

    def chunk(name, data):
        PngImagePlugin.putchunk(out, name, data)

    out.write(b"\x89PNG\r\n\x1a\n")
    chunk(b"IHDR", (40_000).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0]))
    chunk(b"IDAT", zlib.compress(b"\0" * 40_001))
    chunk(b"IEND", b"")
    return out.getvalue()


def huge_heif():
    """A HEIF file that says of its picture that it has 1.6 thousand million pixels."""
    made, side = photo((64, 64), kind="HEIF"), (64).to_bytes(4, "big")
    return made.replace(b"ispe" + bytes(4) + side * 2, b"ispe" + bytes(4) + (40_000).to_bytes(4, "big") * 2)


def huge_document():
    """A PDF of 3.9 MB whose list of objects is 4 GB once it is unpacked."""
    packing, parts = zlib.compressobj(9), []
    parts.append(packing.compress(b"1 0 << /Type /Catalog /Pages 2 0 R >> "))
    blank = b" " * 10_000_000
    parts += [packing.compress(blank) for _ in range(400)]
    parts.append(packing.flush())
    packed = b"".join(parts)
    head = f"<</Type/ObjStm/N 1/First 4/Length {len(packed)}/Filter/FlateDecode>>".encode()
    before = b"%PDF-1.5\n3 0 obj\n" + head + b"stream\n"
    return before + packed + b"\nendstream\nendobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF"


def written(folder: Path, content: bytes, name: str) -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(content)
    return path
