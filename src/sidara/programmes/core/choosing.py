"""Villages chosen by a rule: which it holds for, for which it does not, and of which it cannot be told.

The rule is an expression of the product's own language over plain names (`docs/expressions.md`); a value that
is not known makes the rule unknown wherever its result hangs on it; it is told, never taken as no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sidara.expressions import ExpressionFault, Kind, Value, parse, to_python
from sidara.kernel.finding import Finding


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a rule may use: what it says, its kind, its data set and variable, and its codes if any."""

    name: str
    label: str
    kind: Kind
    dataset: str
    variable: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of a village as it was known: value (`None` = not known), its period."""

    value: Value | Decimal
    period: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A village under a rule: the figures that the rule read, and which of them are not known."""

    code: str
    name: str
    figures: Mapping[str, Held] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names whose value is not known."""
        return tuple(name for name, held in self.figures.items() if held.value is None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a rule gives of `asked` villages: those it holds for, those it cannot tell; others are `no`."""

    rule: str
    asked: int = 0
    yes: tuple[Told, ...] = ()
    unknown: tuple[Told, ...] = ()
    names: tuple[Named, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def no(self) -> int:
        """How many villages the rule does not hold for."""
        return self.asked - len(self.yes) - len(self.unknown)


def names_used(rule: str, known: Mapping[str, Named]) -> tuple[tuple[Named, ...], tuple[Finding, ...]]:
    """Give the names that a rule reads, or what is wrong with it; it must be true or false."""
    try:
        expression = parse(rule, {name: one.kind for name, one in known.items()})
    except ExpressionFault as fault:
        return (), fault.findings
    if expression.kind is not Kind.BOOLEAN:
        return (), (
            Finding(
                "RULE_NOT_TRUTH",
                "Aturan ini tidak menghasilkan ya atau tidak, jadi tidak memilih desa.",
                "Tulis sebuah syarat, misalnya: IDM_STATUS = 'TERTINGGAL'.",
                value=rule,
            ),
        )
    return tuple(known[name] for name in sorted(expression.names) if name in known), ()


def choose(
    rule: str,
    known: Mapping[str, Named],
    villages: Iterable[tuple[str, str]],
    figures: Mapping[str, Mapping[str, Held]],
) -> Chosen:
    """Judge every village (code, name) by a rule; `figures`: by village code, by name."""
    names, findings = names_used(rule, known)
    if findings:
        return Chosen(rule, findings=findings)
    judge = to_python(parse(rule, {name: one.kind for name, one in known.items()}))
    yes, unknown, asked = [], [], 0
    for code, name in villages:
        own = figures.get(code, {})
        told = Told(code, name, {one.name: own.get(one.name, Held(None)) for one in names})
        result = judge({key: held.value for key, held in told.figures.items()})
        asked += 1
        if result is True:
            yes.append(told)
        elif result is None:
            unknown.append(told)
    return Chosen(rule, asked, tuple(yes), tuple(unknown), names)
