"""What the simulated collection plants: forms that a village copied, invented or got wrong, a plain list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sidara.collection.core import EXAMPLES
from sidara.collection.core.submission import Key
from sidara.demo.core.story import Kind
from sidara.demo.services.area import Area
from sidara.demo.services.submitting import examples, setting_of
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, now
from sidara.regions import queries as regions

__all__ = ["Planted", "planted"]


@dataclass(frozen=True, slots=True)
class Planted:
    """A form of a village and period that does not say what the village would have counted.

    `kind`: `last_year` and `neighbour` (copied), `invented`, or a slip (`thousand`, `digits`, `parts`);
    `cells` are those in which it differs. What is copied or invented is returned, never mended and never
    final; a slip may be held back, explained, returned or mended.
    """

    form: str
    region: str
    period: str
    kind: str
    cells: tuple[Key, ...]
    dataset: str = EXAMPLES

    @property
    def is_made_up(self) -> bool:
        """Whether nobody counted: it was copied or invented."""
        return Kind(self.kind).is_made_up


def planted(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    years: Sequence[int],
    district: str,
    seed: int | None = None,
    forms: Sequence[str] = (),
    clock: Clock = now,
) -> list[Planted]:
    """Say what `submit` with the same years and seed plants in the example villages of an area.

    It follows from the seed and the content alone, before anything is submitted; a form that is never begun
    is not among it.
    """
    seed = examples().seed if seed is None else seed
    setting = setting_of(actor, years=years, seed=seed, forms=forms, clock=clock)
    places = [one for one in regions.villages(actor, district, examples=True) if one.is_example]
    return list(_of(Area(setting, places)))


def _of(area: Area) -> Iterator[Planted]:
    for track in area.tracks.values():
        if track.plan.kind and track.plan.begins is not None:
            true = {Key(one.row, one.variable, one.breakdown): one for one in area.answered.of(track.key)}
            cells = tuple(key for key, one in area.altered(track).items() if true.get(key) != one)
            key = track.key
            yield Planted(key.form, key.region, key.period, track.plan.kind.value, cells)
