"""Where files of plans are handed in, with empty tables and past imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries
from sidara.programmes.core import Level
from sidara.programmes.queries import KeptImport, Owner
from sidara.ui.language import format_moment, format_number, say
from sidara.web.pages.parts import Option
from sidara.web.pages.programmes.importing import words
from sidara.web.pages.programmes.importing.asked import LARGEST_MB
from sidara.web.pages.programmes.words import EDITIONS


@dataclass(frozen=True)
class Table:
    """A table that can be brought in, with its empty workbook."""

    key: str
    name: str
    owners: str
    href: str


@dataclass(frozen=True)
class Past:
    """An import that was kept, as a row of the history."""

    href: str
    file: str
    table: str
    whose: str
    said: str
    when: str
    who: str
    is_simulated: bool


@dataclass(frozen=True)
class Page:
    """Where files of plans are handed in, empty tables downloaded, and past imports looked at.

    `has_examples`: made-up plans are there, so that a file may be meant for them.
    """

    owners: tuple[Option, ...]
    is_free: bool
    has_examples: bool
    levels: tuple[Option, ...]
    editions: tuple[Option, ...]
    tables: tuple[Table, ...]
    past: tuple[Past, ...]
    findings: Sequence[Finding]
    given: Mapping[str, str]
    most: str = str(LARGEST_MB)


def build(actor: Actor, *, findings: Sequence[Finding] = (), given: Mapping[str, str] | None = None) -> Page:
    """Build the page on which a file is handed in."""
    owners = queries.import_owners(actor)
    given = given or {}
    return Page(
        owners=tuple(_owner(one, given) for one in owners),
        is_free=not owners,
        has_examples=any(one.level is not Level.VILLAGE for one in owners)
        and queries.has_plans(actor, is_simulated=True),
        levels=tuple(
            Option(level.value, say(word), level.value == given.get("tingkat"))
            for level, word in words.LEVELS.items()
        ),
        editions=tuple(
            Option(one.value, say(word), one.value == given.get("naskah")) for one, word in EDITIONS.items()
        ),
        tables=tuple(
            Table(
                one.key,
                one.name,
                ", ".join(say(words.LEVELS[level]) for level in one.owners),
                reverse("plan-table-empty", args=[one.key]),
            )
            for one in queries.plan_tables(actor).tables
        ),
        past=tuple(_past(actor, one) for one in queries.plan_imports(actor)),
        findings=findings,
        given=given,
    )


def _owner(one: Owner, given: Mapping[str, str]) -> Option:
    value = "|".join((one.level.value, one.area, one.sector, "ya" if one.is_example else ""))
    named = words.of_owner(one.level, one.name)
    return Option(value, f"{named} (SIMULASI)" if one.is_example else named, value == given.get("pemilik"))


def _past(actor: Actor, one: KeptImport) -> Past:
    table = queries.plan_tables(actor).table(one.table)
    counts = ", ".join(
        f"{format_number(one.counts[key])} {say(word)}" for key, word in words.COUNTS if one.counts[key]
    )
    return Past(
        reverse("plan-import-kept", args=[one.uid]),
        one.file,
        table.name if table else one.table,
        words.whose(actor, one.asked),
        counts,
        format_moment(one.made_at),
        one.actor_name,
        one.is_simulated,
    )
