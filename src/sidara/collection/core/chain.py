"""The chain over revisions: every content has a hash, every revision is chained to the one before.

Canonical JSON after RFC 8785, SHA-256, lower-case hex. A changed row breaks its content hash or the chain, a
removed submission and a cut tail break the nightly root, which is chained over all heads that moved since.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Any

import rfc8785

from sidara.collection.core.submission import EMPTY, Content, Key, Source
from sidara.kernel.clock import stamp

GENESIS = "0" * 64
"""What the first revision and the first root are chained to."""


def digest(document: Any) -> str:
    """Give the SHA-256 of the canonical JSON of a document (objects, lists, texts, whole numbers)."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def content_hash(form_version: str, cells: Mapping[Key, Content]) -> str:
    """Give the hash of what a submission says: form version and cells by key; empty cells say nothing."""
    rows = [
        [key.row, key.variable, key.breakdown, one.state.value, one.value, one.explanation]
        for key, one in sorted(cells.items())
        if one != EMPTY
    ]
    return _digest_of_texts({"cells": rows, "form_version": form_version})


def content_hash_of(form_version: str, rows: str) -> str:
    """Give the same hash of rows that are canonical JSON already (`bulk.merging.content_rows`)."""
    version = _written(form_version)
    return hashlib.sha256(f'{{"cells":[{rows}],"form_version":{version}}}'.encode()).hexdigest()


@lru_cache(maxsize=64)
def _written(text: str) -> str:
    return rfc8785.dumps(text).decode()


def _digest_of_texts(document: dict[str, Any]) -> str:
    """Give the digest of texts, whole numbers and lists of texts under ASCII keys.

    There JSON is canonical once sorted.
    """
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """What is chained of a revision. `author` = id of the actor, `at` = server time (UTC)."""

    submission: str
    number: int
    base: int
    author: str
    at: datetime
    source: Source
    message: str
    reason: str
    content_hash: str
    previous: str
    redaction: str = ""


def chain_hash(link: Link) -> str:
    """Give the hash that chains a revision to the one before; `redaction` counts only where there is one.

    The names are written in their order and all is text or a whole number, so that the JSON is canonical.
    """
    redaction = f'"redaction":{_text(link.redaction)},' if link.redaction else ""
    document = (
        f'{{"at":"{stamp(link.at)}","author":{_text(link.author)},"base":{link.base:d},'
        f'"content":{_text(link.content_hash)},"message":{_text(link.message)},"number":{link.number:d},'
        f'"previous":{_text(link.previous)},"reason":{_text(link.reason)},{redaction}'
        f'"source":"{link.source.value}","submission":{_text(link.submission)}}}'
    )
    return hashlib.sha256(document.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """The head of a submission on a night: its last revision and that revision's chain hash."""

    submission: str
    number: int
    chain_hash: str


def root_hash(day: date, previous: str, leaves: Iterable[Leaf]) -> str:
    """Give the root of a night: the heads that moved since the last one, chained to it."""
    rows = [[one.submission, one.number, one.chain_hash] for one in sorted(leaves)]
    return digest({"day": day.isoformat(), "heads": rows, "previous": previous})
