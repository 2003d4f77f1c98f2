"""Villages chosen as targets, kept with the figures of the day on which they were chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Place
from sidara.programmes import models
from sidara.programmes.core import Act, Subject
from sidara.programmes.queries.rights import TARGET
from sidara.programmes.services.events import Deed, Outcome, tell, told_before
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Level, is_example

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ChosenVillage:
    """A chosen village: its dotted code and the figures that chose it, as they were (plain values)."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def keep_target_list(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    name: str,
    area: str,
    villages: Sequence[ChosenVillage],
    rule: Mapping[str, Any],
    basis: Mapping[str, Any],
    message_id: UUID,
    now: datetime,
) -> Outcome:
    """Keep chosen villages in their order; gives the list's uid, or findings.

    `area`: the code of the area for which they were chosen. `rule`: what was asked (`{"kind": "list" |
    "filter" | "map" | "rule" | "rank", …}`), `basis`: what it read (data sets, periods, as-of). A list is
    never changed: another choice is another list. Example villages and real ones never meet in one list. The
    same message again is nothing, with other content it is refused. Refuses (`NotAllowed`) who has no
    `programmes.target` in the area.
    """
    place = regions.resolve(actor, area)
    if place is None:
        return Outcome(findings=(_unknown([area], "wilayah"),))
    require(actor, TARGET, region=place.code)
    asked = {"name": name.strip(), "area": place.code, "rule": rule, "basis": basis}
    deed = Deed(
        subject=Subject.TARGET_LIST,
        act=Act.KEEP,
        message_id=message_id,
        asked={**asked, "villages": [asdict(one) for one in villages]},
    )
    with writing():
        before = told_before(actor, deed=deed)
        if before is not None:
            return before
        known = regions.named(actor, [one.code for one in villages])
        within = {one.id for one in regions.villages(actor, place.code)}
        within |= {one.id for one in regions.villages(actor, place.code, examples=True)}
        findings = tuple(_faults(name, villages, known, within))
        if findings:
            return Outcome(findings=findings)
        row = models.TargetList.objects.create(
            uid=uuid4(),
            name=name.strip(),
            area_id=place.id,
            rule=deed.content["rule"],
            basis=deed.content["basis"],
            as_of_date=local_date(now),
            is_simulated=is_example(villages[0].code),
            actor_id=actor.id,
            actor_name=actor.name,
            made_at=now,
        )
        models.TargetVillage.objects.bulk_create(
            models.TargetVillage(
                target_list=row, region_id=known[one.code].id, rank=rank, figures=kept["figures"]
            )
            for rank, (one, kept) in enumerate(zip(villages, deed.content["villages"], strict=True), 1)
        )
        return tell(actor, deed=deed, subject_uid=row.uid, before={}, revision=1, now=now)


def _faults(
    name: str, villages: Sequence[ChosenVillage], known: Mapping[str, Any], within: set[int]
) -> "list[Finding]":
    """Say what is wrong with a choice."""
    found = []
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        found.append(
            Finding(
                "TARGET_LIST_NAME",
                "Daftar desa sasaran belum bernama, atau namanya terlalu panjang.",
                f"Beri nama paling panjang {LONGEST_NAME} huruf, misalnya: Desa tanpa air bersih.",
                place=Place(column="name"),
            )
        )
    if not villages:
        found.append(
            Finding(
                "TARGET_LIST_EMPTY",
                "Belum ada desa yang dipilih.",
                "Pilih sedikitnya satu desa.",
                place=Place(column="villages"),
            )
        )
    codes = [one.code for one in villages]
    absent = [one for one in codes if one not in known or known[one].level is not Level.VILLAGE]
    if absent:
        found.append(_unknown(absent, "desa"))
    outside = [one for one in codes if one in known and known[one].id not in within]
    if outside and not absent:
        found.append(
            Finding(
                "VILLAGE_OUTSIDE",
                f"{len(outside)} desa di luar wilayah daftar ini, misalnya {known[outside[0]].full_name}.",
                "Keluarkan desa itu, atau pilih wilayah yang memuatnya.",
                place=Place(column="villages"),
                value=outside[0],
            )
        )
    if len(set(codes)) < len(codes):
        found.append(
            Finding(
                "VILLAGE_TWICE",
                "Ada desa yang tertulis dua kali.",
                "Tulis tiap desa satu kali.",
                place=Place(column="villages"),
            )
        )
    if len({is_example(one) for one in codes}) > 1:
        found.append(
            Finding(
                "REAL_AND_SIMULATED",
                "Desa nyata dan desa contoh tercampur dalam satu daftar.",
                "Pisahkan: satu daftar untuk desa nyata, satu daftar untuk desa contoh.",
                place=Place(column="villages"),
            )
        )
    return found


def _unknown(codes: Sequence[str], what: str) -> Finding:
    return Finding(
        "REGION_UNKNOWN",
        f"{len(codes)} kode bukan {what} yang terdaftar, misalnya {codes[0]}.",
        "Periksa kodenya pada halaman Cari.",
        place=Place(column="villages" if what == "desa" else "area"),
        value=codes[0],
    )
