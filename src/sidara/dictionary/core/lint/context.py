"""What every check is told: the dictionary, where its entries stand, its expressions as they were read."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.expressions import Readings
from sidara.dictionary.core.words import Thing
from sidara.expressions.vocabulary import near
from sidara.kernel.finding import Finding, Place

type Places = Mapping[tuple[Thing, str], Place]


@dataclass(frozen=True)
class Context:
    """A dictionary that is checked; `places` says in which file and line each entry stands."""

    dictionary: Dictionary
    places: Places
    readings: Readings

    def place(self, kind: Thing, entry: str, column: str = "") -> Place:
        """Give the place of an entry's key."""
        return replace(self.places.get((kind, entry), Place()), column=column or None)

    def say(  # noqa: PLR0913, PLR0917 - the parts of a finding
        self, code: str, kind: Thing, entry: str, column: str, message: str, remedy: str, value: str = ""
    ) -> Finding:
        """Make a finding about a key of an entry."""
        words = f"{kind.words.capitalize()} {entry}: {message}"
        return Finding(code, words, remedy, place=self.place(kind, entry, column), value=value or None)

    def unknown(  # noqa: PLR0913, PLR0917 - the parts of a finding
        self, code: str, kind: Thing, entry: str, column: str, name: str, known: Collection[str]
    ) -> Iterator[Finding]:
        """Say that a name is none of the known ones, with near ones."""
        if name not in known:
            message = f"{name or 'kosong'} tidak dikenal."
            yield self.say(code, kind, entry, column, message, near(name, known), name)
