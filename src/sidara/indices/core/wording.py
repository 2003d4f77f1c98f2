"""The words of a definition that people read: listed for translation, and said in another language.

Names, published meanings of scores, and activities. Codes and the official statuses stay: computations know
them, and pages say them by themselves. Names of offices stay, too: they are names.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from sidara.indices.core.definition import Definition, Item, Version


def words(definition: Definition) -> Iterator[str]:
    """Give every word that `reworded` would translate, and the statuses as titles; some twice."""
    heard: list[str] = []

    def note(word: str) -> str:
        heard.append(word)
        return word

    reworded(definition, note)
    yield from heard
    for version in definition.versions:
        yield from (one.status.title() for one in version.thresholds.classes)


def reworded(definition: Definition, say: Callable[[str], str]) -> Definition:
    """Give the definition with its words said by `say`."""
    return replace(
        definition,
        name=say(definition.name),
        versions=tuple(reworded_version(version, say) for version in definition.versions),
    )


def reworded_version(version: Version, say: Callable[[str], str]) -> Version:
    """Give a version with its words said by `say`."""
    return replace(
        version,
        levels=tuple(replace(one, name=say(one.name)) for one in version.levels),
        items=tuple(_item(one, say) for one in version.items),
    )


def _item(item: Item, say: Callable[[str], str]) -> Item:
    """Say the words of one item; what the tables leave empty stays so."""

    def maybe(word: str | None) -> str | None:
        return say(word) if word else word

    return replace(
        item,
        name=say(item.name),
        dimension=maybe(item.dimension),
        subdimension=maybe(item.subdimension),
        rules=tuple(
            replace(rule, label=maybe(rule.label), activity=maybe(rule.activity)) for rule in item.rules
        ),
    )
