"""The rules of the alignment and what it asks of the room's lists, read once in a process."""

from functools import cache

from sidara.kernel import content
from sidara.kernel.actor import Actor, require
from sidara.programmes.core.alignment import Kinds, Rules, kinds_of, rules_of
from sidara.programmes.formats import catalogue_file
from sidara.programmes.queries.rights import READ


def rules(actor: Actor) -> Rules:
    """Give thresholds, units and the words of findings (`content/alignment.yaml`)."""
    require(actor, READ)
    return _rules()


def kinds(actor: Actor) -> Kinds:
    """Give what the checks ask of activity kinds and programmes of the centre."""
    require(actor, READ)
    return _kinds()


@cache
def _rules() -> Rules:
    return rules_of(content.load("sidara.programmes", "alignment"))


@cache
def _kinds() -> Kinds:
    return kinds_of(catalogue_file.catalogue())
