"""Parts of a need that indices and formulas give: their words, and what is wrong with a formula."""

from fractions import Fraction

from sidara import expressions
from sidara.dictionary.core import Dictionary
from sidara.expressions import ExpressionFault, Kind
from sidara.indices.core import Definition, Version
from sidara.kernel.finding import Finding
from sidara.programmes.core.targeting.need import Part, Sense, Source
from sidara.programmes.core.targeting.question import AskedPart


def part_of(asked: AskedPart, definition: Definition, version: Version, top: Fraction) -> Part:
    """Give the part of an index (points lost) or of its status (classes below the highest)."""
    sense = asked.sense or Sense.MORE
    if asked.source is Source.STATUS:
        label = f"{definition.name}: kelas di bawah {version.thresholds.classes[-1].status}"
        return Part(asked.key, label, asked.source, "kelas", asked.weight, sense, (Fraction(0), top), 0)
    label = f"{definition.name}: nilai yang hilang"
    decimals = version.thresholds.decimals
    return Part(
        asked.key, label, asked.source, version.top.name, asked.weight, sense, (Fraction(0), top), decimals
    )


def formula_faults(made: Dictionary, text: str) -> tuple[Finding, ...]:
    """Say what is wrong with a formula over variables of the dictionary; it must give a number."""
    try:
        expression = expressions.read(text, made.vocabulary)
    except ExpressionFault as fault:
        return fault.findings
    if expression.kind is Kind.NUMBER:
        return ()
    return (not_a_number(text),)


def not_a_number(text: str) -> Finding:
    """Say that a formula gives no number."""
    return Finding(
        "NEED_FORMULA_KIND",
        "Rumus ini tidak menghasilkan angka, jadi desa tidak dapat diurutkan menurutnya.",
        "Untuk syarat, tulis misalnya: case when KES_003 = 0 then 1 else 0 end.",
        value=text,
    )
