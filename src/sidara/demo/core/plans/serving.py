"""Which level serves which example village in which theme, each kind in a village by one level only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sidara.demo.core.plans.setting import Setting, Theme
from sidara.demo.core.story import luck
from sidara.demo.core.story.shares import number
from sidara.programmes.core import Level

ORDER = (Level.CENTRE, Level.PROVINCE, Level.REGENCY, Level.COMPANY, Level.VILLAGE)
"""Who chooses first; a level leaves out villages that are served with the same kind already."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The villages (dotted codes) that a level serves in a theme, with rupiah for each."""

    theme: Theme
    level: Level
    kind: str
    money: Mapping[str, int]

    def within(self, villages: Collection[str]) -> "Serving":
        """Give it for some villages only."""
        kept = set(villages)
        money = {code: one for code, one in self.money.items() if code in kept}
        return Serving(self.theme, self.level, self.kind, money)


def serve(
    setting: Setting, *, villages: Sequence[str], weak: Mapping[str, Collection[str]], year: int
) -> tuple[Serving, ...]:
    """Draw who serves whom. `weak`: by village the keys of the themes in which it lacks something."""
    made = []
    for theme in setting.themes:
        taken: dict[str, set[str]] = {}
        for level in (one for one in ORDER if one in theme.kinds):
            kind = theme.kinds[level]
            money = {}
            for code in villages:
                share = theme.reach if theme.key in weak.get(code, ()) else theme.strong
                words = (theme.key, level.value, code, year)
                if code not in taken.setdefault(kind, set()) and luck(setting.seed, *words) < share.get(
                    level, 0
                ):
                    money[code] = cost(setting, theme, code, level)
            taken[kind].update(money)
            if money:
                made.append(Serving(theme, level, kind, money))
    return tuple(made)


def cost(setting: Setting, theme: Theme, village: str, level: Level) -> int:
    """Draw what a theme costs in a village, whole half millions of rupiah."""
    low, high = theme.cost
    step = 500_000
    places = (high - low) // step + 1
    return low + step * (number(setting.seed, "cost", theme.key, village, level.value) % places)
