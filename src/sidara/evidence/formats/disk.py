"""Files that are on the disk whole or not at all."""

import os
from pathlib import Path
from uuid import uuid4

HALF = ".part"
"""The suffix of a file that is still written; a kill may leave one."""


def write_whole(folder: Path, name: str, content: bytes) -> None:
    """Write a file, flushed to the disk before it has its name; nothing of it stays where that fails.

    Raises `FileNotFoundError` without folder, `OSError` where the disk is full.
    """
    half = folder / f"{uuid4()}{HALF}"
    try:
        with half.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(folder / name)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    flush(folder)


def flush(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system knows that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
