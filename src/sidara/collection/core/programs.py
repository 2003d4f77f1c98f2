"""Expressions written for a device, each shape once: `["@", 0]` is the value of slot 0, `["$", 0]` its state.

Rules of one kind differ only in the cells that they read, so a form needs few programs for many rules.
`static/collection/programs.js` puts them together again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sidara.expressions import Bound, Kind, Slot, to_javascript
from sidara.expressions.nodes import CONTEXT
from sidara.kernel.breakdown import TOTAL

type Part = dict[str, Any]
"""A bound expression: `p` its program, `s` its slots; where there are any `l` lists, `t` tables, `n` notes"""

_KINDS = {Kind.NUMBER: "number", Kind.TEXT: "text", Kind.BOOLEAN: "truth", Kind.DATE: "day"}


@dataclass
class Pool:
    """Collects what bound expressions have in common."""

    programs: list[Any] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    _program_at: dict[str, int] = field(default_factory=dict)
    _slot_at: dict[Slot, int] = field(default_factory=dict)

    def part(self, bound: Bound) -> Part:
        """Give a bound expression by the numbers of its program and of its slots."""
        names: dict[str, list[Any]] = {}
        for number, slot in enumerate(bound.slots):
            names[slot.key] = ["@", number]
            names[slot.state_key] = ["$", number]
        shape = _shaped(to_javascript(bound)["root"], names)
        made: Part = {"p": self._program(shape), "s": [self._slot(slot) for slot in bound.slots]}
        self.notes |= set(bound.notes)
        rest = {"l": bound.lists, "t": bound.tables, "n": bound.notes}
        return made | {name: list(values) for name, values in rest.items() if values}

    def _program(self, shape: Any) -> int:
        text = json.dumps(shape)
        if text not in self._program_at:
            self._program_at[text] = len(self.programs)
            self.programs.append(shape)
        return self._program_at[text]

    def _slot(self, slot: Slot) -> int:
        if slot not in self._slot_at:
            self._slot_at[slot] = len(self.slots)
            self.slots.append(slot)
        return self._slot_at[slot]

    def written(self) -> dict[str, Any]:
        """Give programs and slots as plain values."""
        return {"programs": self.programs, "slots": [_slot(slot) for slot in self.slots]}


def _shaped(program: Any, names: Mapping[str, list[Any]]) -> Any:
    """Put numbers in the place of the names of slots; context keeps its name."""
    if not isinstance(program, list):
        return program
    if program[0] == "name" and program[1] not in CONTEXT:
        return names[program[1]]
    return [_shaped(one, names) for one in program]


def _slot(slot: Slot) -> list[Any]:
    """Write a slot: variable, breakdown, period, kind, whether `tidak_ada` reads 0, list of its rows."""
    kind = _KINDS[slot.kind] if slot.kind else "any"
    breakdown = "" if slot.breakdown == TOTAL else slot.breakdown
    return [slot.variable, breakdown, slot.period, kind, int(slot.reads_zero), slot.own_list]
