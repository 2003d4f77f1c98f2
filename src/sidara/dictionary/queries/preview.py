"""What an edit would make: the dictionary as it would be, its faults, a form as it would be asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.forms import Questionnaire, questionnaire
from sidara.dictionary.core.lint import lint
from sidara.dictionary.core.reading import thing_of
from sidara.dictionary.core.things import AnyThing
from sidara.dictionary.core.words import Thing
from sidara.dictionary.queries.revisions import dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding


@dataclass(frozen=True)
class Preview:
    """The dictionary with the edit, and everything that is wrong with it; nothing is stored."""

    dictionary: Dictionary
    findings: tuple[Finding, ...]

    def form(self, code: str) -> Questionnaire | None:
        """Give a form as it would be asked."""
        return questionnaire(self.dictionary, code)


def preview(actor: Actor, changes: Mapping[tuple[Thing, str], Mapping[str, object] | None]) -> Preview:
    """Lay edits (as `services.save` takes them) over the dictionary in force."""
    things: dict[tuple[Thing, str], AnyThing | None] = {}
    found: list[Finding] = []
    for (kind, code), body in changes.items():
        thing, faults = (None, ()) if body is None else thing_of(kind, body)
        found += faults
        if not faults:
            things[kind, code] = thing
    made = dictionary(actor).with_things(things)
    return Preview(made, (*found, *lint(made)))
