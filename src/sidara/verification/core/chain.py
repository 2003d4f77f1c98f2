"""The chain of a form: the stages by which its cells become final, and where a cell stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidara.verification.core.levels import Level, Step


@dataclass(frozen=True, slots=True)
class Position:
    """Where one cell stands: its level, who has stood for it since, whether a verifier returned it."""

    level: Level = Level.DRAFT
    accepted: frozenset[Step] = frozenset()
    is_returned: bool = False


DRAFTED = Position()
"""Where a cell stands that nobody sent."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a chain: the level that a cell reaches once each of `steps` has stood for it."""

    level: Level
    steps: frozenset[Step]


@dataclass(frozen=True, slots=True)
class Chain:
    """The stages of a form in their order; the last one makes its cells final."""

    code: str
    stages: tuple[Stage, ...]

    def waiting(self, position: Position) -> frozenset[Step]:
        """Say who has to stand for a cell next; nobody for a draft and for what is final."""
        stage = self._next(position)
        return frozenset() if stage is None else stage.steps - position.accepted

    def accepted(self, position: Position, step: Step) -> Position:
        """Say where a cell stands once a step has stood for it; only a step that it waits for."""
        stage = self._next(position)
        if stage is None or step not in stage.steps - position.accepted:
            raise ValueError(f"{step} at {position}")
        by = position.accepted | {step}
        return Position(stage.level) if by == stage.steps else Position(position.level, by)

    def _next(self, position: Position) -> Stage | None:
        if position.level is Level.DRAFT:
            return None
        return next((one for one in self.stages if one.level > position.level), None)


@dataclass(frozen=True, slots=True)
class Chains:
    """`content/chains.yaml`: the chain of each form; the first one is of every form that no other names."""

    chains: tuple[Chain, ...]
    by_form: Mapping[str, Chain]
    by_sector: Mapping[str, Chain]

    def of(self, form: str, sector: str) -> Chain:
        """Give the chain of a form of a sector."""
        return self.by_form.get(form) or self.by_sector.get(sector) or self.chains[0]


def chains_of(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> Chains:
    """Read the chains that content declares.

    A chain has the village first and the province last, and each step once (`ValueError` otherwise).
    """
    made: list[Chain] = []
    forms: dict[str, Chain] = {}
    sectors: dict[str, Chain] = {}
    for one in content["chains"]:
        stages = tuple(
            Stage(Level[stage["level"].upper()], frozenset(map(Step, stage["steps"])))
            for stage in one["stages"]
        )
        chain = Chain(one["code"], stages)
        _require_whole(chain)
        made.append(chain)
        forms |= dict.fromkeys(one.get("forms", ()), chain)
        sectors |= dict.fromkeys(one.get("sectors", ()), chain)
    return Chains(tuple(made), forms, sectors)


def _require_whole(chain: Chain) -> None:
    levels = [one.level for one in chain.stages]
    steps = [step for one in chain.stages for step in one.steps]
    ends = (levels[0], levels[-1]) if levels else None
    is_rising = levels == sorted(set(levels))
    if ends != (Level.ENDORSED, Level.PROVINCE) or not is_rising or len(steps) != len(set(steps)):
        raise ValueError(f"chain {chain.code}: village first, province last, each step once")
    if any(not one.steps for one in chain.stages):
        raise ValueError(f"chain {chain.code}: a stage without steps")
