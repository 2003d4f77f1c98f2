"""What a reader does on the page: run the checks, keep the villages that nobody serves as a target list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.programmes import services
from sidara.programmes.services import ChosenVillage
from sidara.ui.language import format_number, say
from sidara.web.pages.alignment import page
from sidara.web.pages.alignment.asked import Asked

RUN, KEEP = "periksa", "simpan"


@dataclass(frozen=True)
class Done:
    """What came of it: findings that held it back, or words to say."""

    findings: Sequence[Finding] = ()
    said: str = ""
    is_done: bool = False


NOTHING = Done()


def act(actor: Actor, asked: Asked, posted: Mapping[str, str], *, now: datetime) -> Done:
    """Carry out what was posted; an unknown act does nothing."""
    if posted.get("tindakan") == RUN:
        made = services.run_alignment(
            actor,
            under=asked.wilayah,
            year=asked.year,
            now=now,
            is_simulated=asked.is_simulated,
            label=posted.get("nama", ""),
        )
        return Done(made.findings, is_done=made.is_done)
    return _kept(actor, asked, posted, now) if posted.get("tindakan") == KEEP else NOTHING


def _kept(actor: Actor, asked: Asked, posted: Mapping[str, str], now: datetime) -> Done:
    """Keep the villages without a payer, as they are now, with the score that ordered them."""
    shown = page.build(actor, asked, asked.wilayah, today=local_date(now)).overlap
    codes = shown.unserved_codes if shown else ()
    try:
        message = UUID(posted.get("kiriman", ""))
    except ValueError:
        message = uuid4()
    made = services.keep_target_list(
        actor,
        name=posted.get("nama", ""),
        area=asked.wilayah,
        villages=[ChosenVillage(code) for code in codes],
        rule={"kind": "rule", "rule": "unserved", "activity_kind": shown.kind if shown else ""},
        basis={"alignment": {"year": asked.year, "simulated": asked.is_simulated}},
        message_id=message,
        now=now,
    )
    if not made.is_done:
        return Done(made.findings)
    said = say("{n} desa tersimpan sebagai daftar sasaran.", n=format_number(len(codes)))
    return Done(said=said, is_done=True)
