"""What a store of files has to be able to do, wherever it lies.

A path is relative (`blobs/ab/abcd…`). What is put is there whole or not at all.
"""

from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Protocol


class Store(Protocol):
    """Where files lie. Each act raises `core.StoreAway` where the store does not answer or refuses."""

    is_far: ClassVar[bool]
    """Whether it is reached by a network, so that no writer of the records should wait for a large file."""

    def put(self, path: str, content: bytes) -> None:
        """Write a file, in place of one that lies there."""

    def has(self, path: str) -> bool:
        """Say whether a file lies there."""

    def opened(self, path: str) -> BinaryIO | None:
        """Open a file; `None` where none lies."""

    def under(self, start: str) -> Iterator[str]:
        """Give the paths that begin so, in order."""

    def move(self, path: str, to: str) -> None:
        """Give a file another path; nothing where none lies any more."""

    def delete(self, path: str) -> None:
        """Take a file away; nothing where none lies."""
