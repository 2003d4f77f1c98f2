"""A zipped Shapefile, unpacked with care: no path out of the folder, no bomb, one Shapefile."""

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from sidara.kernel.finding import Finding, Place

LARGEST = 2_000_000_000
"""Bytes of all unpacked members."""
STEEPEST = 150
"""How many times larger a member may be than packed; borders pack 2 to 10 times."""
SMALL = 10_000_000
"""Bytes below which a steep member is harmless."""
MOST = 500
"""Members of an archive."""
NEEDED = (".shp", ".shx", ".dbf")
WANTED = (*NEEDED, ".prj", ".cpg")
PIECE = 1 << 20
LINK = 0o120000


def is_zip(file: Path) -> bool:
    """Say whether a file begins or is named as a ZIP archive; it need not be whole."""
    with file.open("rb") as opened:
        return opened.read(4) in {b"PK\x03\x04", b"PK\x05\x06"} or file.suffix.lower() == ".zip"


def unpack(file: Path, folder: Path, name: Place) -> Path | Finding:
    """Unpack the one Shapefile of an archive into a folder; gives its `.shp`, or why not."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            chosen = _judged(members, name)
            if isinstance(chosen, Finding):
                return chosen
            for suffix, member in chosen.items():
                _write(archive, member, folder / f"batas{suffix}")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        return Finding(
            "BOUNDARY_FILE_BROKEN",
            f"Arsip ZIP rusak, terpotong, atau bersandi: {str(fault)[:120]}.",
            "Unduh atau salin ulang arsipnya; buat ZIP tanpa sandi.",
            place=name,
        )
    return folder / "batas.shp"


def _judged(members: list[zipfile.ZipInfo], name: Place) -> dict[str, zipfile.ZipInfo] | Finding:
    """Judge the members by their names and sizes before a byte is unpacked; gives suffix -> member."""
    for one in members:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        is_link = (one.external_attr >> 16) & 0o170000 == LINK
        if path.is_absolute() or ".." in path.parts or ":" in one.filename or is_link:
            return Finding(
                "BOUNDARY_ZIP_PATH",
                "Arsip ini memuat nama yang keluar dari foldernya.",
                "Jangan pakai arsip ini; buat ZIP baru yang hanya berisi berkas Shapefile.",
                place=name,
                value=one.filename[:80],
            )
    total = sum(one.file_size for one in members)
    steep = [one for one in members if one.file_size > max(SMALL, STEEPEST * max(one.compress_size, 1))]
    if len(members) > MOST or total > LARGEST or steep:
        return Finding(
            "BOUNDARY_ZIP_BOMB",
            "Isi arsip ini jauh lebih besar dari yang wajar bila dibuka.",
            "Jangan buka arsip ini; mintalah berkas baru kepada pemberinya.",
            place=name,
            value=(steep[0] if steep else members[0]).filename[:80],
        )
    found = [PurePosixPath(one.filename) for one in members if one.filename.lower().endswith(".shp")]
    found = [path for path in found if "__MACOSX" not in path.parts]
    if len(found) > 1:
        return Finding(
            "BOUNDARY_LAYERS",
            f"Arsip ini berisi {len(found)} Shapefile: {', '.join(path.name for path in found[:5])}.",
            "Sisakan satu saja, yaitu batas desa.",
            place=name,
        )
    mates = {
        PurePosixPath(one.filename).suffix.lower(): one
        for one in members
        if found and PurePosixPath(one.filename).with_suffix("") == found[0].with_suffix("")
    }
    absent = [suffix for suffix in NEEDED if suffix not in mates]
    if absent:
        return Finding(
            "BOUNDARY_ZIP_CONTENT",
            f"Arsip ini bukan Shapefile yang utuh: tidak ada {', '.join(absent)}.",
            "Masukkan .shp, .shx, .dbf, dan .prj yang senama ke dalam satu ZIP.",
            place=name,
        )
    return {suffix: mates[suffix] for suffix in WANTED if suffix in mates}


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one member; a check sum that does not fit raises `BadZipFile`."""
    with archive.open(member) as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out, PIECE)
