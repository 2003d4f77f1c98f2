"""The shelf: where files lie, each under its SHA-256, written once and never changed.

A file goes up in two steps, so that a kill leaves neither a row without file nor a file without row. `lay`
puts it into the anteroom before its row is committed; `settle` moves what has a row on, and throws the rest
away. Both only inside the one transaction that writes, so nobody else is between. What has a row is read from
both, and stays until it is redacted: then `take_off` follows, after that was committed.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sidara.evidence.formats.disk import flush, write_whole

FOLDER = "evidence"
"""In `SIDARA_HOME`."""
_ANTEROOM, _SHELF = "incoming", "blobs"


def lay(root: Path, content: bytes, name: str) -> None:
    """Lay a file into the anteroom, flushed to the disk, unless it lies there or on the shelf."""
    if _place(root, name).is_file() or (root / _ANTEROOM / name).is_file():
        return
    folder = root / _ANTEROOM
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder, name, content)


def settle(root: Path, has_row: Callable[[str], bool]) -> None:
    """Move files of the anteroom that have a row onto the shelf; throw the others away."""
    folder = root / _ANTEROOM
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not has_row(file.name):
            file.unlink(missing_ok=True)
            continue
        place = _place(root, file.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
        flush(place.parent)


def take_off(root: Path, name: str) -> None:
    """Take a file off the shelf for ever, if it lies there."""
    place = _place(root, name)
    with suppress(FileNotFoundError):
        place.unlink()
        flush(place.parent)


def opened(root: Path, name: str) -> BinaryIO | None:
    """Open a file; `None` when it lies nowhere. It may move on from the anteroom meanwhile."""
    for place in (_place(root, name), root / _ANTEROOM / name, _place(root, name)):
        try:
            return place.open("rb")
        except FileNotFoundError:
            continue
    return None


def lying(root: Path, has_row: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Give every file's name and the SHA-256 of its content; of the anteroom only what has a row.

    Needs no lock: the anteroom comes first, so that what moves on meanwhile is met on the shelf.
    """
    for file in sorted((root / _ANTEROOM).glob("*")):
        if has_row(file.name):
            with suppress(FileNotFoundError):
                yield file.name, _hash(file)
    for file in sorted((root / _SHELF).glob("*/*")):
        yield file.name, _hash(file)


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _place(root: Path, name: str) -> Path:
    return root / _SHELF / name[:2] / name
