"""A code held against the government and year that use it: a wrong one is refused, with the right one."""

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding, Severity
from sidara.programmes import queries
from sidara.programmes.core import Government
from sidara.programmes.core.codes.refusal import check


def code_faults(
    actor: Actor, *, government: Government, code: str, year: int, name: str = ""
) -> tuple[Finding, ...]:
    """Say why a code must not be used, naming the right ones; nothing for an empty code or what holds."""
    if not code.strip():
        return ()
    checked = check(queries.catalogue(actor), government, code, year, name)
    finding = checked.finding
    return (finding,) if finding is not None and finding.severity is Severity.ERROR else ()
