"""Finding entries: words in code, name, question or definition, filters beside them, misspelt words too."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.things import Variable

ALIKE = 82
"""From this likeness on (0 to 100) a word counts as the misspelt one."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty = everything."""

    text: str = ""
    sector: str = ""
    agency: str = ""
    form: str = ""
    frequency: str = ""
    confidence: str = ""
    field: str = ""


def find(dictionary: Dictionary, wanted: Wanted) -> tuple[Variable, ...]:
    """Find variables: best first where a text is given, else in the order of the dictionary."""
    kept = [one for one in dictionary.variables.values() if _fits(dictionary, one, wanted)]
    if not wanted.text.strip():
        return tuple(kept)
    words = wanted.text.lower().split()
    scored = [(score, number, one) for number, one in enumerate(kept) if (score := _score(one, words))]
    return tuple(one for _, _, one in sorted(scored, key=lambda found: (-found[0], found[1])))


def _fits(dictionary: Dictionary, one: Variable, wanted: Wanted) -> bool:
    frequency = dictionary.frequency(one.code)
    pairs: Iterable[tuple[str, str]] = (
        (wanted.sector, one.sector),
        (wanted.agency, one.agency),
        (wanted.form, one.form),
        (wanted.frequency, str(frequency or "")),
        (wanted.confidence, str(one.confidence)),
        (wanted.field, str(one.field)),
    )
    return all(not asked or asked == own for asked, own in pairs)


def _score(one: Variable, words: Sequence[str]) -> float:
    """Weigh how well all words are met; 0 when one of them is not."""
    places: tuple[tuple[str, float], ...] = (
        (one.code.lower().replace("_", " "), 8),
        (one.code.lower(), 8),
        (one.name.lower(), 4),
        (one.question.lower(), 2),
        (f"{one.definition} {one.concept} {one.reason}".lower(), 1),
    )
    total = 0.0
    for word in words:
        best = max((weight for text, weight in places if word in text), default=0.0) or _alike(word, places)
        if not best:
            return 0.0
        total += best
    return total


def _alike(word: str, places: Sequence[tuple[str, float]]) -> float:
    """Weigh the best place with a word like it; a code is typed right or not at all."""
    likeness: Callable[[str, str], float] = fuzz.ratio
    return max(
        (
            weight / 2
            for text, weight in places
            for one in text.split()
            if word.isalpha()
            and len(word) > 3
            and abs(len(one) - len(word)) < 3
            and likeness(one, word) >= ALIKE
        ),
        default=0.0,
    )
