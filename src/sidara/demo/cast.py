"""People to try the demo with: one of each role, names plainly made up, passwords made when loaded."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sidara.accounts import queries as accounts
from sidara.accounts import services as keeping
from sidara.kernel import content
from sidara.kernel.actor import PUBLIC, Actor
from sidara.kernel.clock import Clock, now
from sidara.regions import queries as regions
from sidara.regions.core import regency_of

FILE = "demo-accounts.json"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: how to log in, and as what."""

    login: str
    password: str
    role: str
    where: str


def cast(actor: Actor, *, province: str, home: Path, clock: Clock = now) -> tuple[Member, ...]:
    """Make the cast once and give its log-ins; later the same ones from a file that only its owner reads.

    An account that is there while the file is not gets a new password, by the way in which lost ones do.
    """
    file = home / FILE
    if file.exists():
        return tuple(Member(**entry) for entry in json.loads(file.read_text(encoding="utf-8")))
    places = _places(actor, province)
    roles = accounts.roles(actor)
    members = []
    for entry in content.load("sidara.demo", "cast")["cast"]:
        under = places[entry["place"]]
        held = accounts.person_named(actor, entry["login"])
        if held is None:
            done = keeping.create(
                actor,
                login_name=entry["login"],
                name=entry["name"],
                function=entry["function"],
                role=entry["role"],
                under=under,
                is_everywhere=not under,
                sectors=entry.get("sectors", ()),
                company=entry.get("company", ""),
                clock=clock,
            )
        else:
            done = keeping.recover(actor, account_id=held.id, clock=clock)
        if done.is_refused:
            raise RuntimeError(f"{entry['login']}: {done.findings}")
        password = secrets.token_hex(6)
        keeping.use_code(PUBLIC, login_name=entry["login"], text=done.code, password=password, clock=clock)
        where = _where(actor, under)
        members.append(Member(entry["login"], password, roles[entry["role"]].name, where))
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump([asdict(member) for member in members], out, ensure_ascii=False, indent=1)
    return tuple(members)


def _where(actor: Actor, under: Sequence[str]) -> str:
    """Name places of one kabupaten, with the kabupaten: example villages of two may bear one name."""
    if not under:
        return "seluruh negeri"
    regency = regency_of(under[0])
    shown = (*under, regency) if len(under[0]) > len(regency) else tuple(under)
    named = regions.named(actor, shown)
    return ", ".join(named[code].full_name for code in shown)


def _places(actor: Actor, province: str) -> dict[str, tuple[str, ...]]:
    """Choose the first places of the province by code, one below the other; villages are example villages.

    `planned` is the first kabupaten of which plans are made up, where the province has one.
    """
    villages = regions.villages(actor, province, examples=True)
    first, second = villages[0].code, villages[1].code
    _, regency, district = (one.code for one in regions.ancestors(actor, villages[0].id))
    planning = tuple(content.load("sidara.demo", "plans")["regencies"])
    own = next((one.code for one in villages if one.code.startswith(planning)), first)
    return {
        "planned": (regency_of(own),),
        "planned_village": (own,),
        "village": (first,),
        "villages": (first, second),
        "district": (district,),
        "regency": (regency,),
        "province": (province,),
        "country": (),
    }
