"""Goals, plans and tables of centre, province, kabupaten and company, with what is planted among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.demo.core.plans.made import Made, MadeGoal, MadePlan, MadeSupport, MadeTable, Planted
from sidara.demo.core.plans.serving import Serving
from sidara.demo.core.plans.setting import Setting, Theme
from sidara.programmes.core import GOVERNMENT_OF, GoalKind, Level, PlanKind
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.nomenclature import programme_of

MISSION = "Desa mandiri, sejahtera, dan berdaya saing (contoh)"
ABOVE_PERCENT, WITHIN_PERCENT = 125, 110
"""How far a planted ceiling lies above that of the RKPD, and one that is just within the tolerance."""
UNIT_BESIDE = "Dokumen"


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-activity of an agency for a theme, with the villages it serves."""

    theme: Theme
    entry: Entry
    villages: Mapping[str, int]
    kind: str

    @property
    def ceiling(self) -> int:
        """Rupiah of all its villages."""
        return sum(self.villages.values())


@dataclass(frozen=True, slots=True)
class Ground:
    """What the drawing of a government stands on."""

    setting: Setting
    catalogue: Catalogue
    year: int

    @property
    def years(self) -> tuple[int, int]:
        """First and last year of the plans of several years."""
        return self.year - self.setting.span[0], self.year + self.setting.span[1]


def country(ground: Ground, servings: Sequence[Serving], made: Made) -> None:
    """Draw the RPJMN with a goal for each theme of the centre, and its list of places by village."""
    first, last = ground.years
    own = [one for one in servings if one.level is Level.CENTRE]
    goals = _goals("pusat", {one.key: one for one in ground_themes(ground, Level.CENTRE)}, own, "")
    made.plans.append(
        MadePlan(
            key="RPJMN",
            kind=PlanKind.RPJMN,
            level=Level.CENTRE,
            area="",
            agency="",
            title="RPJMN (contoh)",
            year_from=first,
            year_to=last,
            established=date(first, 2, 10),
            goals=goals,
        )
    )
    made.supports += _supports(Level.CENTRE, "", "pusat", own)
    rows = [row for one in own for row in _central_rows(ground, one)]
    owner = ground.setting.owners[Level.CENTRE]
    made.tables.append(
        MadeTable(
            table="program_pusat",
            level=Level.CENTRE,
            area="",
            agency=owner,
            year=ground.year,
            rows=tuple(rows),
        )
    )


def _supports(level: Level, area: str, who: str, servings: Sequence[Serving]) -> Iterator[MadeSupport]:
    """Say which goal of whom the activities of a level support."""
    for one in servings:
        yield MadeSupport(level=level, area=area, kind=one.kind, goal=f"{who}:{one.theme.key}")


def ground_themes(ground: Ground, level: Level) -> tuple[Theme, ...]:
    """Give the themes in which a level has a kind."""
    return tuple(one for one in ground.setting.themes if level in one.kinds)


def _central_rows(ground: Ground, serving: Serving) -> Iterator[dict[str, str | int]]:
    kind = ground.catalogue.kinds.find(serving.kind)
    held = ground.catalogue.codes_of(kind, GOVERNMENT_OF[Level.CENTRE]) if kind else ()
    programme = next((one.code for one in held if not one.is_transfer), "")
    for village, money in serving.money.items() if programme else ():
        yield {
            "central_programme": programme,
            "year": ground.year,
            "village": village,
            "ministry": ground.setting.owners[Level.CENTRE],
            "kind": serving.kind,
            "volume": 1,
            "unit": kind.unit if kind else "",
            "ceiling": money,
            "stage": "Ditetapkan",
            "file_source": "SIMULASI, berkas rekaan",
        }


def company(ground: Ground, area: str, servings: Sequence[Serving], made: Made) -> None:
    """Draw the commitments of a company."""
    owner = ground.setting.owners[Level.COMPANY]
    rows: list[dict[str, str | int]] = [
        {
            "company": owner,
            "year": ground.year,
            "village": village,
            "kind": one.kind,
            "ceiling": money,
            "channel": "langsung ke warga",
        }
        for one in servings
        if one.level is Level.COMPANY
        for village, money in one.money.items()
    ]
    if rows:
        own = [one for one in servings if one.level is Level.COMPANY and one.money]
        made.supports += _supports(Level.COMPANY, area, area, own)
        made.tables.append(
            MadeTable(
                table="komitmen_csr",
                level=Level.COMPANY,
                area=area,
                agency=owner,
                year=ground.year,
                rows=tuple(rows),
            )
        )


def government(ground: Ground, level: Level, area: str, servings: Sequence[Serving], made: Made) -> None:
    """Draw RPJMD, Renstra, RKPD and Renja of a province or kabupaten."""
    subs = tuple(_subs(ground, level, servings))
    planting = _Planting(ground.setting.planted, made.planted, area) if level is Level.REGENCY else None
    kinds = {one.entry.code: one.kind for one in subs}
    made.plans.append(_rpjmd(ground, level, area, subs, planting))
    doing = {level} | ({Level.REGENCY} if level is Level.PROVINCE else set())
    supported = {one.theme.key for one in servings if one.level in doing and one.money}
    for theme in _taken_over(ground, level):
        if theme.is_priority and theme.key not in supported:
            made.planted.append(Planted("SIN_S08", f"{area} {theme.goal}: prioritas tanpa baris Renja"))
    agencies = tuple(dict.fromkeys(one.theme.agency for one in subs))
    for agency in agencies:
        own = [one for one in subs if one.theme.agency == agency]
        made.plans.append(_renstra(ground, level, area, agency, own))
        years = ground.years
        made.tables.append(
            MadeTable(
                table="renstra",
                level=level,
                area=area,
                agency=agency,
                year=years[0],
                year_from=years[0],
                year_to=years[1],
                rows=tuple(_renstra_rows(ground, own, planting)),
                kinds=kinds,
            )
        )
    rkpd = [_year_row(ground, level, one) | {"agency": one.theme.agency} for one in subs]
    same = {"level": level, "area": area, "year": ground.year, "kinds": kinds}
    made.plans.append(_rkpd(ground, level, area))
    made.tables.append(MadeTable(table="rkpd", agency="", rows=tuple(rkpd), **same))  # type: ignore[arg-type]  # by name
    for agency in agencies:
        own = [one for one in subs if one.theme.agency == agency]
        rows = [_renja_row(ground, level, one, planting) for one in own]
        # An empty cell says the same as the one above it: a row without a goal stands first.
        rows.sort(key=lambda row: bool(row["goal"]))
        made.tables.append(MadeTable(table="renja", agency=agency, rows=tuple(rows), **same))  # type: ignore[arg-type]  # by name


def _subs(ground: Ground, level: Level, servings: Sequence[Serving]) -> Iterator[Sub]:
    for one in servings:
        if one.level is not level or not one.money:
            continue
        kind = ground.catalogue.kinds.find(one.kind)
        codes = ground.catalogue.codes_of(kind, GOVERNMENT_OF[level], ground.year) if kind else ()
        if codes:
            yield Sub(one.theme, codes[0], one.money, one.kind)


def _goals(
    who: str, themes: Mapping[str, Theme], servings: Sequence[Serving], upper: str
) -> tuple[MadeGoal, ...]:
    mission = MadeGoal(
        key=f"{who}:misi",
        kind=GoalKind.MISSION,
        code="M1",
        name=MISSION,
        upper=f"{upper}:misi" if upper else "",
    )
    served = {one.theme.key: len(one.money) for one in servings}
    return (
        mission,
        *(
            MadeGoal(
                key=f"{who}:{one.key}",
                kind=GoalKind.PRIORITY_PROGRAMME,
                code=f"PP-{one.key.upper()}",
                name=f"{one.goal} (contoh)",
                parent=mission.key,
                upper=f"{upper}:{one.key}" if upper else "",
                is_priority=one.is_priority,
                served=served.get(one.key, 0),
            )
            for one in themes.values()
        ),
    )


def _taken_over(ground: Ground, level: Level) -> tuple[Theme, ...]:
    """Give the themes of an RPJMD: a kabupaten takes over every priority of the province with its own."""
    own = ground_themes(ground, level)
    if level is not Level.REGENCY:
        return own
    others = (one for one in ground_themes(ground, Level.PROVINCE) if one.is_priority)
    return (*own, *(one for one in others if one not in own))


def _rpjmd(
    ground: Ground, level: Level, area: str, subs: Sequence[Sub], planting: "_Planting | None"
) -> MadePlan:
    first, last = ground.years
    wanted = {one.key: one for one in _taken_over(ground, level)}
    served = [Serving(one.theme, level, "", one.villages) for one in subs]
    upper = "pusat" if level is Level.PROVINCE else area[:2]
    programmes = {programme_of(one.entry.code): _programme_name(one.entry) for one in subs}
    if planting is not None and planting.take("programme_not_in_rpjmd"):
        code, name = programmes.popitem()
        planting.tell("SIN_S01", f"{code} {name}: ada di Renstra, tidak di RPJMD")
    return MadePlan(
        key=f"RPJMD:{area}",
        kind=PlanKind.RPJMD,
        level=level,
        area=area,
        agency="",
        title="RPJMD (contoh)",
        year_from=first,
        year_to=last,
        established=date(first, 8, 20),
        goals=_goals(area, wanted, served, upper),
        programmes=tuple(programmes.items()),
    )


def _rkpd(ground: Ground, level: Level, area: str) -> MadePlan:
    """Give the RKPD itself, established the year before; its lines come as a table."""
    month, day = ground.setting.asking.established
    return MadePlan(
        key=f"RKPD:{area}",
        kind=PlanKind.RKPD,
        level=level,
        area=area,
        agency="",
        title=f"RKPD {ground.year} (contoh)",
        year_from=ground.year,
        year_to=ground.year,
        established=date(ground.year - 1, month, day),
    )


def _programme_name(entry: Entry) -> str:
    return next((one.name for one in entry.parents if one.code == programme_of(entry.code)), entry.name)


def _renstra(ground: Ground, level: Level, area: str, agency: str, subs: Sequence[Sub]) -> MadePlan:
    first, last = ground.years
    goals = {
        one.theme.key: MadeGoal(
            key=f"{area}:{agency}:{one.theme.key}",
            kind=GoalKind.OBJECTIVE,
            code=f"S-{one.theme.key.upper()}",
            name=objective(one.theme),
            upper=f"{area}:{one.theme.key}",
            served=len(one.villages),
        )
        for one in subs
    }
    return MadePlan(
        key=f"Renstra:{area}:{agency}",
        kind=PlanKind.RENSTRA,
        level=level,
        area=area,
        agency=agency,
        title=f"Renstra {agency}",
        year_from=first,
        year_to=last,
        established=date(first, 9, 20),
        goals=tuple(goals.values()),
    )


def objective(theme: Theme) -> str:
    """Give the objective of an agency for a theme, as its tables write it."""
    return f"Meningkatnya capaian: {theme.goal} (contoh)"


def _line(sub: Sub) -> dict[str, str | int]:
    entry = sub.entry
    return {
        "code": entry.code,
        "name": entry.name,
        "indicator": entry.indicator,
        "unit": entry.unit,
        "goal": objective(sub.theme),
    }


def _renstra_rows(
    ground: Ground, subs: Sequence[Sub], planting: "_Planting | None"
) -> Iterator[dict[str, str | int]]:
    """Give the rows of an agency; a year in which its code is not known to hold stays empty."""
    first, last = ground.years
    for sub in subs:
        if planting is not None and planting.take("line_not_in_renstra"):
            planting.tell("SIN_S02", f"{sub.entry.code}: ada di Renja, tidak di Renstra")
            continue
        row = _line(sub)
        for number, year in enumerate(range(first, last + 1), 1):
            holds = ground.catalogue.entry(sub.entry.government, sub.entry.code, year) is not None
            row[f"target_{number}"] = len(sub.villages) if holds else ""
            row[f"ceiling_{number}"] = sub.ceiling if holds else ""
        if planting is not None:
            planting.in_renstra.add(sub.entry.code)
        yield row


def _year_row(ground: Ground, level: Level, sub: Sub) -> dict[str, str | int]:
    return _line(sub) | {
        "priority": f"{sub.theme.goal} (contoh)",
        "target": len(sub.villages),
        "ceiling": sub.ceiling,
        "fund_source": ground.setting.funds[level],
    }


def _renja_row(ground: Ground, level: Level, sub: Sub, planting: "_Planting | None") -> dict[str, str | int]:
    row = _year_row(ground, level, sub) | {"location": ", ".join(sub.villages)}
    if planting is None:
        return row
    code = sub.entry.code
    if not sub.theme.is_priority and planting.take("line_without_goal"):
        row |= {"goal": "", "priority": ""}
        planting.tell("SIN_S03", f"{code}: baris Renja tanpa sasaran")
    if planting.take("ceiling_above"):
        row["ceiling"] = sub.ceiling * ABOVE_PERCENT // 100
        planting.tell("SIN_S07", f"{code}: pagu Renja 25 persen di atas RKPD")
    elif planting.take("ceiling_just_within"):
        row["ceiling"] = sub.ceiling * WITHIN_PERCENT // 100
        planting.tell("SIN_S07", f"{code}: pagu Renja tepat 10 persen di atas RKPD", is_near=True)
    if code in planting.in_renstra and planting.take("weaker_target"):
        row["target"] = max(len(sub.villages) - 3, 0)
        planting.tell("SIN_S05", f"{code}: target Renja lebih lemah dari Renstra")
    elif code in planting.in_renstra and planting.take("other_unit"):
        row["unit"] = UNIT_BESIDE
        planting.tell("SIN_S06", f"{code}: satuan {UNIT_BESIDE}, bukan {sub.entry.unit}")
    return row


class _Planting:
    """Hands out what is to be planted, so many times each, and keeps what was."""

    def __init__(self, left: Mapping[str, int], told: list[Planted], area: str) -> None:
        self._left, self._told, self._area = dict(left), told, area
        self.in_renstra: set[str] = set()

    def take(self, name: str) -> bool:
        """Whether one of these is still to be planted; it is then."""
        if self._left.get(name, 0) < 1:
            return False
        self._left[name] -= 1
        return True

    def tell(self, check: str, where: str, *, is_near: bool = False) -> None:
        """Keep what was planted."""
        self._told.append(Planted(check, f"{self._area} {where}", is_near))
