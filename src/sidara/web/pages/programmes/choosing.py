"""Villages by rule, by list or by a target list, as the editor shows what they give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import queries, services
from sidara.programmes.core.choosing import Chosen, Told
from sidara.programmes.queries import Read
from sidara.ui.language import format_number, say
from sidara.web.pages.programmes import form
from sidara.web.pages.programmes.form import Fields

ACT = "aksi"
RULE, USE_RULE, LIST, USE_LIST = "aturan", "aturan_pakai", "senarai", "daftar_pakai"
SHOWN = 30


@dataclass(frozen=True)
class Line:
    """A village that a rule gave, or cannot tell: its name, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Found:
    """What was looked up: by a rule (`heading` with counts), by a list, and which villages that adds."""

    heading: str = ""
    yes: Sequence[Line] = ()
    unknown: Sequence[Line] = ()
    unknown_heading: str = ""
    read: Sequence[Read] = ()
    added: Sequence[str] = ()
    names: Sequence[tuple[str, str, str]] = ()
    findings: Sequence[Finding] = field(default_factory=tuple)


def found_of(actor: Actor, fields: Fields, *, area: str, simulated: bool) -> Found:
    """Look up what the pressed button asks for; nothing else costs anything."""
    act = form.one(fields, ACT)
    if not area:
        return Found()
    if act in {RULE, USE_RULE}:
        rule = form.one(fields, RULE)
        chosen = queries.choose_by_rule(actor, rule, area=area, is_simulated=simulated)
        added = [one.code for one in chosen.yes] if act == USE_RULE else []
        return _of_rule(actor, chosen, added, simulated=simulated)
    if act == LIST:
        read = queries.read_list(actor, form.one(fields, LIST), area=area, is_simulated=simulated)
        return Found(read=read, added=[one.village.code for one in read if one.village])
    if act == USE_LIST and (uid := form.uuid_of(form.one(fields, "daftar"))):
        kept = queries.target_list(actor, uid)
        return Found(added=[code for code, *_ in kept.villages] if kept else [])
    return Found()


def keep_rule(actor: Actor, fields: Fields, *, area: str, simulated: bool, now: datetime) -> UUID | None:
    """Keep what a rule gives as a target list with the figures of the day; `None` where one may not."""
    if not actor.may(queries.TARGET, region=area):
        return None
    rule = form.one(fields, RULE)
    chosen = queries.choose_by_rule(actor, rule, area=area, is_simulated=simulated)
    if not chosen.yes:
        return None
    done = services.keep_target_list(
        actor,
        name=(form.one(fields, "nama") or rule)[:200],
        area=area,
        villages=[services.ChosenVillage(one.code, _figures(one)) for one in chosen.yes],
        rule={"kind": "rule", "rule": rule},
        basis={
            "datasets": sorted({one.dataset for one in chosen.names}),
            "asked": chosen.asked,
            "unknown": [one.code for one in chosen.unknown],
        },
        message_id=uuid4(),
        now=now,
    )
    return done.uid


def _figures(told: Told) -> dict[str, str | None]:
    return {name: None if held.value is None else _written(held.value) for name, held in told.figures.items()}


def _of_rule(actor: Actor, chosen: Chosen, added: Sequence[str], *, simulated: bool) -> Found:
    names = [
        (one.name, one.label, ", ".join(one.codes))
        for one in queries.rule_names(actor, is_simulated=simulated).values()
    ]
    if chosen.findings:
        return Found(findings=chosen.findings, names=names)
    return Found(
        say(
            "Aturan ini terpenuhi di {yes} dari {asked} desa; tidak terpenuhi di {no}.",
            yes=format_number(len(chosen.yes)),
            asked=format_number(chosen.asked),
            no=format_number(chosen.no),
        ),
        [Line(one.name, _why(one)) for one in chosen.yes[:SHOWN]],
        [Line(one.name, ", ".join(one.missing)) for one in chosen.unknown[:SHOWN]],
        say(
            "{n} desa tidak dapat dinilai karena datanya belum ada",
            n=format_number(len(chosen.unknown)),
        )
        if chosen.unknown
        else "",
        added=added,
        names=names,
    )


def _why(told: Told) -> str:
    return ", ".join(
        f"{name} = {_written(held.value)}" + (f" ({held.period})" if held.period else "")
        for name, held in told.figures.items()
        if held.value is not None
    )


def _written(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
