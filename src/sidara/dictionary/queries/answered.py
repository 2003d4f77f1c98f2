"""Answers out of files of cells, and back into lines."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sidara.dictionary.core.answers import Answers
from sidara.dictionary.formats import cells_file
from sidara.dictionary.formats.cells_file import Read as AnswersRead
from sidara.dictionary.queries.revisions import dictionary
from sidara.kernel.actor import Actor

__all__ = ["AnswersRead", "cells_of_answers", "read_answers"]


def read_answers(
    actor: Actor,
    source: Path | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> AnswersRead:
    """Read a file of cells into answers by region; derived variables are not in it (`core.derived`)."""
    return cells_file.read(source, dictionary(actor), format)


def cells_of_answers(actor: Actor, given: Iterable[Answers]) -> pl.DataFrame:
    """Lay answers out as a table of cells, all columns as text."""
    made = dictionary(actor)
    lines = [line for one in given for line in cells_file.rows(one, made)]
    return pl.DataFrame(lines, schema=dict.fromkeys(cells_file.COLUMNS, pl.String))
