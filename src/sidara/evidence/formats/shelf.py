"""The shelf: where files lie, each under its SHA-256, written once and never changed.

A file goes up in two steps, so that a kill leaves neither a row without file nor a file without row. `lay`
puts it into the anteroom before its row is committed; `settle` moves what has a row on, and throws the rest
away. `settle` runs only inside the one transaction that writes, and what is laid before that is laid there
once more, unless it lies there still. What has a row is read from both, and stays until it is redacted: then
`take_off` follows, after that was committed.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sidara.evidence.formats.store import Store

FOLDER = "evidence"
"""In `SIDARA_HOME`."""
_ANTEROOM, _SHELF = "incoming/", "blobs/"
_PART = 1_000_000
"""Bytes that are read at once."""


def lay(store: Store, content: bytes, name: str) -> None:
    """Lay a file into the anteroom, unless it lies there or on the shelf."""
    if not store.has(_place(name)) and not store.has(_ANTEROOM + name):
        store.put(_ANTEROOM + name, content)


def settle(store: Store, has_row: Callable[[str], bool]) -> None:
    """Move files of the anteroom that have a row onto the shelf; throw the others away."""
    for path in store.under(_ANTEROOM):
        name = _name(path)
        if has_row(name):
            store.move(path, _place(name))
        else:
            store.delete(path)


def take_off(store: Store, name: str) -> None:
    """Take a file off the shelf for ever, if it lies there."""
    store.delete(_place(name))


def opened(store: Store, name: str) -> BinaryIO | None:
    """Open a file; `None` when it lies nowhere. It may move on from the anteroom meanwhile."""
    for path in (_place(name), _ANTEROOM + name, _place(name)):
        found = store.opened(path)
        if found is not None:
            return found
    return None


def lying(store: Store, has_row: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Give every file's name and the SHA-256 of its content; of the anteroom only what has a row.

    Needs no lock: the anteroom comes first, so that what moves on meanwhile is met on the shelf.
    """
    for start in (_ANTEROOM, _SHELF):
        for path in store.under(start):
            if start == _SHELF or has_row(_name(path)):
                content = store.opened(path)
                if content is not None:
                    with content:
                        yield _name(path), _hash(content)


def _hash(content: BinaryIO) -> str:
    made = hashlib.sha256()
    while part := content.read(_PART):
        made.update(part)
    return made.hexdigest()


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _place(name: str) -> str:
    return f"{_SHELF}{name[:2]}/{name}"
