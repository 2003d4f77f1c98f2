"""What villages ask of the kabupaten for the year of plan (DU-RKP), and what it answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sidara.demo.core.plans.governments import Ground
from sidara.demo.core.plans.made import Made, MadeAnswer, MadeTable, Planted
from sidara.demo.core.plans.serving import Serving, cost
from sidara.demo.core.plans.setting import Theme
from sidara.demo.core.story.shares import number
from sidara.programmes.core import Level

ASKED = "Kabupaten"
"""How a table names the level that is asked."""


def propose(  # noqa: PLR0913, PLR0917 - what is asked of whom
    ground: Ground,
    regency: str,
    villages: Sequence[str],
    servings: Sequence[Serving],
    weak: Mapping[str, Collection[str]],
    made: Made,
) -> None:
    """Let villages ask for what they lack; plants so many that nobody answers as the setting says.

    The kabupaten takes up what it does there anyway, and says why it does not do the others.
    """
    served = {one.theme.key: one.money for one in servings if one.level is Level.REGENCY}
    left = ground.setting.planted["undecided"]
    for village in villages:
        wanted = list(_wanted(ground, weak.get(village, ())))
        if not wanted:
            continue
        made.tables.append(_table(ground, village, wanted))
        for theme in wanted:
            text, kind = _text(ground, theme), theme.kinds[Level.REGENCY]
            if left:
                left -= 1
                made.planted.append(Planted("SIN_S11", f"{village} {text}: belum diputus"))
                continue
            is_accepted = village in served.get(theme.key, {})
            reasons = ground.setting.asking.reasons
            reason = reasons[number(ground.setting.seed, "reason", village, theme.key) % len(reasons)]
            made.answers.append(
                MadeAnswer(
                    village=village,
                    area=regency,
                    text=text,
                    kind=kind,
                    is_accepted=is_accepted,
                    reason="" if is_accepted else reason,
                )
            )


def _wanted(ground: Ground, weak: Collection[str]) -> Iterator[Theme]:
    for theme in ground.setting.themes:
        if theme.key in weak and Level.REGENCY in theme.kinds:
            yield theme


def _text(ground: Ground, theme: Theme) -> str:
    kind = ground.catalogue.kinds.find(theme.kinds[Level.REGENCY])
    if kind is None:
        raise LookupError(f"activity kind {theme.kinds[Level.REGENCY]} is not in the list")
    return ground.setting.asking.words.format(kind=kind.name, place="RT 02")


def _table(ground: Ground, village: str, wanted: Sequence[Theme]) -> MadeTable:
    rows: list[dict[str, str | int]] = [
        {
            "field": "Pelaksanaan Pembangunan Desa",
            "name": _text(ground, theme),
            "place": "RT 02",
            "volume": 1,
            "unit": "paket",
            "beneficiaries": "warga desa",
            "ceiling": cost(ground.setting, theme, village, Level.REGENCY),
            "level_asked": ASKED,
            "rank": rank,
        }
        for rank, theme in enumerate(wanted, 1)
    ]
    return MadeTable(
        table="du_rkp",
        level=Level.VILLAGE,
        area=village,
        agency="",
        year=ground.year,
        rows=tuple(rows),
        kinds={_text(ground, theme): theme.kinds[Level.REGENCY] for theme in wanted},
    )
