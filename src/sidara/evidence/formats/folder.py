"""A folder of this machine as a store."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from sidara.evidence.formats.disk import flush, write_whole


@dataclass(frozen=True, slots=True)
class Folder:
    """Files below `root`, flushed to the disk before they have their names."""

    root: Path
    is_far: ClassVar[bool] = False

    def put(self, path: str, content: bytes) -> None:
        """Write a file, in place of one that lies there."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place.parent, place.name, content)

    def has(self, path: str) -> bool:
        """Say whether a file lies there."""
        return (self.root / path).is_file()

    def opened(self, path: str) -> BinaryIO | None:
        """Open a file; `None` where none lies."""
        with suppress(FileNotFoundError):
            return (self.root / path).open("rb")
        return None

    def under(self, start: str) -> Iterator[str]:
        """Give the paths that begin so, in order; `start` is a folder. What a kill left half written, too."""
        for file in sorted((self.root / start).rglob("*")):
            if file.is_file():
                yield file.relative_to(self.root).as_posix()

    def move(self, path: str, to: str) -> None:
        """Give a file another path; nothing where none lies any more."""
        place = self.root / to
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (self.root / path).replace(place)
            flush(place.parent)

    def delete(self, path: str) -> None:
        """Take a file away; nothing where none lies."""
        place = self.root / path
        with suppress(FileNotFoundError):
            place.unlink()
            flush(place.parent)
