"""S14: limits of the village fund (Dana Desa), from lines of the APBDes or, where none are, from forms."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.number import rounded
from sidara.programmes.core.alignment.content import CheckCode, Parameter, Part
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import HUNDRED, grouped, of_plan, total
from sidara.programmes.core.alignment.rows import PlanLine, Tables
from sidara.programmes.core.words import PlanKind

FUND = "dana_desa"
"""The name of the fund's income among the figures of the forms."""


def village_funds(tables: Tables, context: Context) -> Iterator[Found]:
    """Look at each village and year that has lines of the fund or forms; lines win over forms."""
    tell = Teller(CheckCode.VILLAGE_FUNDS, context)
    lines = [
        one
        for one in of_plan(tables.plan_lines, PlanKind.APBDES)
        if one.fund_source == context.rules.fund_source
    ]
    by_lines = grouped(lines, lambda one: (one.area or one.owner, one.year))
    forms = {key: figures for key, figures in context.forms.items() if figures}
    if not by_lines and not forms:
        yield tell("no_data")
    for village, year in sorted({*by_lines, *forms}):
        own, stated = by_lines.get((village, year), []), forms.get((village, year), {})
        yield from _Fund(tell, village, year, own, stated).findings()


class _Fund:
    """The fund of one village in one year."""

    def __init__(
        self, tell: Teller, village: str, year: int, lines: list[PlanLine], stated: Mapping[str, int]
    ) -> None:
        rules = tell.context.rules
        self.tell, self.year, self.lines, self.stated = tell, year, lines, stated
        self.where = {"owner": lines[0].owner if lines else village, "area": village}
        income = [one for one in lines if one.account == rules.fund_account]
        self.fund = total(income) if lines else self.stated.get(FUND)

    def findings(self) -> Iterator[Found]:
        """Give what is found of each part that has a limit, and of forms that say something else."""
        if not self.fund:
            account = self.tell.context.rules.fund_account
            yield self._told("no_fund", account=account)
            return
        for part in self.tell.context.rules.parts:
            rows = [one for one in self.lines if part.tag in one.tags]
            yield from self._part(part, rows)
            if self.lines and part.form in self.stated:
                yield from self._form(part, rows)

    def _told(self, cause: str, rows: list[PlanLine] | None = None, **more: object) -> Found:
        area = str(self.where["area"])
        own = self.where | {"villages": (area,) if area else ()}
        ids = [one.id for one in rows or ()]
        return self.tell(cause, ids, **own, **more)  # type: ignore[arg-type]  # by name

    def _part(self, part: Part, rows: list[PlanLine]) -> Iterator[Found]:
        fund = self.fund or 0
        limit = self.tell.context.parameter(part.parameter, self.year)
        if limit is None:
            yield self._no_limit(part)
            return
        amount = (total(rows) or 0) if self.lines else self.stated.get(part.form)
        if amount is None:
            yield self._told("no_figure", value=part.tag, form=part.form)
            return
        share, allowed = Fraction(amount, fund), Fraction(limit)
        if share > allowed if part.is_most else share < allowed:
            beyond = abs(amount - allowed * fund)
            told = _percent(share)
            yield self._told(
                "above_most" if part.is_most else "below_least",
                rows,
                value=f"{part.tag} {told:f}%",
                amount_idr=int(rounded(beyond, 0)),
                part=part.name,
                percent=told,
                limit=_percent(allowed),
            )

    def _no_limit(self, part: Part) -> Found:
        """Tell that the year has no limit; that of an earlier year is named, never used."""
        known = self.tell.context.known_before(part.parameter, self.year)
        if known is None:
            return self._told("no_limit", value=part.tag, part=part.name, year=self.year)
        told = _percent(Fraction(known[1]))
        return self._told(
            "no_limit_yet", value=part.tag, part=part.name, year=self.year, known_year=known[0], known=told
        )

    def _form(self, part: Part, rows: list[PlanLine]) -> Iterator[Found]:
        fund, amount, stated = self.fund or 0, total(rows) or 0, self.stated[part.form]
        most = self.tell.context.rules.parameters[Parameter.FORM_DIFFERENCE]
        if Fraction(abs(amount - stated), fund) > most:
            yield self._told(
                "form_differs",
                rows,
                value=f"{part.tag}: APBDes {amount} dan {part.form} {stated}",
                part=part.name,
                form=part.form,
                amount=Decimal(amount),
                stated=Decimal(stated),
            )


def _percent(share: Fraction) -> Decimal:
    """Give a share as a percentage with at most two decimals, none for nothing."""
    made = rounded(share * HUNDRED, 2).normalize()
    return made.quantize(Decimal(1)) if made == made.to_integral() else made
