"""Words of the import of plans: verdicts, levels, whose plan it is."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.programmes.core import Level
from sidara.regions import queries as regions
from sidara.ui.language import say

PER_PAGE = 40
"""Rows that a page shows."""
NO_KIND = "-"
"""What is sent where none of the kinds fits."""
COUNTS = (
    ("created", noop("baru")),
    ("updated", noop("diperbarui")),
    ("unchanged", noop("tetap")),
    ("conflicting", noop("berselisih")),
    ("rejected", noop("ditolak")),
)
VERDICTS = dict(COUNTS)
LEVELS = {
    Level.CENTRE: noop("daftar pemerintah pusat"),
    Level.PROVINCE: noop("pemerintah provinsi"),
    Level.REGENCY: noop("pemerintah kabupaten/kota"),
    Level.VILLAGE: noop("pemerintah desa"),
    Level.COMPANY: noop("perusahaan"),
}


def of_owner(level: Level, name: str) -> str:
    """Name an owner: the area and which government of it."""
    return say("{area}: {level}", area=name, level=say(LEVELS[level]))


def whose(actor: Actor, asked: Mapping[str, Any]) -> str:
    """Say whose plan it is: agency, area, level, year."""
    region = regions.resolve(actor, asked["area"])
    area = region.full_name if region is not None else asked["area"]
    owner = of_owner(Level(asked["level"]), area)
    named = f"{asked['agency']}, {owner}" if asked.get("agency") else owner
    return f"{named}, {asked['year']}"
