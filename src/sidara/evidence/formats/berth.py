"""The berth: where parts of files under way lie, a folder for each file, until all of it has come.

A part lies there whole or not at all, under the bytes that it holds (`low-high`). What has no row is
nobody's: a kill may leave such a folder, and the next upload that is begun clears it away.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from sidara.evidence.core import Span
from sidara.evidence.formats.disk import HALF, write_whole

_BERTH = "uploads"
_NAME = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How the folder of a file is named: its id."""


def lay(root: Path, upload: UUID, low: int, content: bytes) -> None:
    """Lay a part down."""
    folder = _folder(root, upload)
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):  # cleared away meanwhile: nobody's any more
        write_whole(folder, f"{low}-{low + len(content)}", content)


def spans(root: Path, upload: UUID) -> Iterator[Span]:
    """Give the stretches that have come."""
    for span, _ in _parts(root, upload):
        yield span


def parts(root: Path, upload: UUID) -> Iterator[tuple[int, bytes]]:
    """Give what has come: where each part begins, and its bytes; none of what is cleared away meanwhile."""
    with suppress(FileNotFoundError):
        for span, file in _parts(root, upload):
            yield span.low, file.read_bytes()


def clear(root: Path, upload: UUID) -> None:
    """Take away what has come of a file."""
    shutil.rmtree(_folder(root, upload), ignore_errors=True)


def held(root: Path) -> set[UUID]:
    """Give the files of which something lies here; what other programs put beside them is not ours."""
    folder = root / _BERTH
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    return {UUID(name) for name in names if _NAME.fullmatch(name)}


def _parts(root: Path, upload: UUID) -> Iterator[tuple[Span, Path]]:
    for file in _folder(root, upload).glob("*-*"):
        if file.suffix != HALF:
            low, _, high = file.name.partition("-")
            yield Span(int(low), int(high)), file


def _folder(root: Path, upload: UUID) -> Path:
    return root / _BERTH / str(upload)
