"""Who may raise an item, from the centre down: kinds in one cell of the screen, a column each in files.

Names of offices are names: they stay as the tables print them, marked as Indonesian on other pages.
"""

from collections.abc import Mapping

from sidara.kernel.number import Language
from sidara.ui.figures import Cell, Column, text_cell
from sidara.web.pages import content

type Actors = Mapping[str, str | None]


def named(actors: Actors) -> tuple[tuple[str, str], ...]:
    """Give word and name of each kind that is there."""
    return tuple((word, who) for key, word in content.actors().items() if (who := actors.get(key)))


def cell(actors: Actors) -> Cell:
    """Make the cell of the screen: the kinds, behind them the offices, which make a row many lines high."""
    printed = content.pages()["actors"].items()
    known = [(word, who) for key, word in printed if (who := actors.get(key))]
    if not known:
        return text_cell(None)
    whole = "; ".join(who if who == word else f"{word}: {who}" for word, who in known)
    kinds = ", ".join(word for word, _ in named(actors))
    if whole == "; ".join(word for word, _ in known):
        return Cell(whole, kinds)
    return Cell(whole, kinds, more=whole, language=Language.INDONESIAN)


def columns(*, prefix: str = "", is_file_only: bool = True) -> tuple[Column, ...]:
    """Give one column for each kind."""
    words = content.actors().items()
    return tuple(Column(f"{prefix}{key}", word, is_file_only=is_file_only) for key, word in words)


def cells(actors: Actors) -> tuple[Cell, ...]:
    """Give the cells of `columns`."""
    return tuple(text_cell(actors.get(key), language=Language.INDONESIAN) for key in content.actors())
