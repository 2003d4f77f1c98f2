"""How names of places are read: keys for searching and for sorting, made for whole columns at once.

`search_key`: lower-case words, short forms written out, numbers as digits (`Barunang II` ->
`barunang 2`). `sort_key`: lower-case words as written, numbers of equal width. `sound`: one word
without blanks, letters that sound alike folded (`Olong Dojou`, `Olung Dojou` -> the same).
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sidara.regions.core.region import Kind

NUMBER_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of the search score, each 0 to 1; see `core.search`."""

    spelling: float
    sound: float
    prefix: float
    context: float
    kind: float
    floor: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of `content/search.yaml`: how names are read and how likeness is weighed."""

    prefixes: Mapping[str, frozenset[Kind]]
    abbreviations: Mapping[str, str]
    roman: Mapping[str, str]
    number_words: Mapping[str, str]
    sounds: Sequence[tuple[str, str]]
    weights: Weights


def _plain(names: pl.Expr) -> pl.Expr:
    """Lower case, without accents and apostrophes, everything else than letters and digits a blank."""
    return (
        names.str.normalize("NFKD")
        .str.to_lowercase()
        .str.replace_all(r"[\u0300-\u036f'’‘`]", "")
        .str.replace_all(r"[^a-z0-9]+", " ")
        .str.replace_all(r"([a-z])([0-9])", "$1 $2")
        .str.replace_all(r"([0-9])([a-z])", "$1 $2")
        .str.strip_chars()
    )


def _words(names: pl.Expr, meanings: Mapping[str, str]) -> pl.Expr:
    """Exchange whole words; blanks are doubled first so that neighbours are found, too."""
    spaced = pl.format(" {} ", names.str.replace_all(" ", "  ", literal=True))
    exchanged = spaced.str.replace_many({f" {word} ": f" {meaning} " for word, meaning in meanings.items()})
    return exchanged.str.replace_all(r" +", " ").str.strip_chars()


def search_key(names: pl.Expr, reading: Reading) -> pl.Expr:
    """Give the words by which a name is searched."""
    return _words(_plain(names), {**reading.abbreviations, **reading.roman, **reading.number_words})


def sort_key(names: pl.Expr, reading: Reading) -> pl.Expr:
    """Give the text by which names are sorted the same in every database."""
    text = _words(_plain(names), reading.roman)
    padded = text.str.replace_all(r"\b([0-9]+)\b", "0" * NUMBER_WIDTH + "$1")
    return padded.str.replace_all(rf"\b0*([0-9]{{{NUMBER_WIDTH}}})\b", "$1")


def sound(search_keys: pl.Expr, reading: Reading) -> pl.Expr:
    """Fold a search key to how it sounds, without blanks and doubled letters."""
    text = search_keys.str.replace_all(" ", "", literal=True)
    for written, heard in reading.sounds:
        text = text.str.replace_all(written, heard, literal=True)
    return text.str.replace_many({letter * 2: letter for letter in string.ascii_lowercase})


def search_key_of(name: str, reading: Reading) -> str:
    """Give the search key of one text."""
    return str(pl.select(search_key(pl.lit(name), reading)).item())


def plain_key_of(name: str, reading: Reading) -> str:
    """Give the search key of one text with its short forms as they are (`tumbang tb` is half a word)."""
    return str(pl.select(_words(_plain(pl.lit(name)), {**reading.roman, **reading.number_words})).item())


def sound_of(key: str, reading: Reading) -> str:
    """Give the sound of one search key."""
    return str(pl.select(sound(pl.lit(key), reading)).item())
