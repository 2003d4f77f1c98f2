"""An import that was kept, with its account."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.queries import KeptImport
from sidara.ui.language import format_moment, format_number, say
from sidara.web.pages.programmes.importing import words


@dataclass(frozen=True)
class Page:
    """An import that was kept: its account, rows that were not taken, what was skipped."""

    name: str
    table: str
    whose: str
    said: str
    counts: tuple[tuple[str, str], ...]
    sent: str
    rows: tuple[tuple[str, str, str], ...]
    skipped: tuple[tuple[str, str, str], ...]
    findings: tuple[Mapping[str, Any], ...]
    left: str
    sheet: str
    is_simulated: bool


def build(actor: Actor, one: KeptImport) -> Page:
    """Build the page of an import."""
    table = queries.plan_tables(actor).table(one.table)
    account = one.account
    return Page(
        name=one.file,
        table=table.name if table else one.table,
        whose=words.whose(actor, one.asked),
        said=say("Diimpor {when} oleh {who}.", when=format_moment(one.made_at), who=one.actor_name),
        counts=tuple((say(word), format_number(one.counts[key])) for key, word in words.COUNTS),
        sent=format_number(one.counts["sent"]),
        rows=_by_verdict(account.get("rows", ())),
        skipped=tuple(
            (row["sheet"], format_number(row["line"]), row["words"])
            for row in account.get("skipped", ())[: words.PER_PAGE]
        ),
        findings=tuple(row for row in account.get("findings", ()) if row["severity"] != "info")[
            : 2 * words.PER_PAGE
        ],
        left=format_number(account["findings_left"]) if account.get("findings_left") else "",
        sheet=reverse("plan-sheet", args=[one.plan]) if one.plan else "",
        is_simulated=one.is_simulated,
    )


def _by_verdict(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """Give lines by sheet and verdict: `12, 14, 15`, at most as many as a page shows."""
    lines: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        lines.setdefault((row["sheet"], row["verdict"]), []).append(row["line"])
    counts = Counter({key: len(found) for key, found in lines.items()})
    return tuple(
        (
            sheet,
            say(words.VERDICTS[verdict]),
            ", ".join(map(str, found[: words.PER_PAGE]))
            + (" …" if counts[sheet, verdict] > words.PER_PAGE else ""),
        )
        for (sheet, verdict), found in lines.items()
    )
