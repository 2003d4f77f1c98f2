"""A finding of the alignment: what is told, with the rows behind it, the money and who mends it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sidara.kernel.finding import Severity
from sidara.kernel.number import format_number
from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.rows import PlanLine

type Value = str | Decimal | tuple[str, ...] | None
"""A code or words, a number, or codes of villages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`rows` are ids of what proves it, `area` and `owner` whose it is to mend, `villages` where it shows."""

    code: CheckCode
    cause: str
    severity: Severity
    message: str
    remedy: str
    rows: tuple[str, ...] = ()
    value: Value = None
    amount_idr: int | None = None
    owner: str = ""
    area: str = ""
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes the findings of one check in the words of the content."""

    code: CheckCode
    context: Context = field(repr=False)

    def __call__(  # noqa: PLR0913 - the parts of a finding
        self,
        cause: str,
        rows: Iterable[str] = (),
        *,
        value: Value = None,
        amount_idr: int | None = None,
        owner: str = "",
        area: str = "",
        villages: Iterable[str] = (),
        **figures: object,
    ) -> Found:
        """Tell a cause with its figures (`KeyError` where the content does not know the cause)."""
        words = self.context.rules.checks[self.code].causes[cause]
        told = {name: written(one) for name, one in figures.items()} | {"owner": owner or "pemilik"}
        return Found(
            code=self.code,
            cause=cause,
            severity=words.severity,
            message=words.message.format(**told),
            remedy=words.remedy.format(**told),
            rows=tuple(rows),
            value=words.value.format(**told) if words.value else value,
            amount_idr=amount_idr,
            owner=owner,
            area=area,
            villages=tuple(villages),
        )

    def line(self, cause: str, line: PlanLine, *others: PlanLine, **more: object) -> Found:
        """Tell something of a line of a plan, with others that prove it."""
        rows = (line.id, *(one.id for one in others))
        figures = {"year": line.year, "code": line.code or "tanpa kode", "plan": line.plan.value} | more
        return self(cause, rows, owner=line.owner, area=line.area, **figures)  # type: ignore[arg-type]  # by name


def written(figure: object) -> str:
    """Write a figure for people: years and words as they are, numbers in the Indonesian style."""
    if isinstance(figure, Decimal):
        plain = figure.normalize()
        exponent = plain.as_tuple().exponent
        return format_number(figure, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return str(figure)
