"""The rights of the room: what each lets is told in `docs/architecture.md`."""

from sidara.kernel.actor import Actor, NotAllowed

READ = "programmes.read"
PLAN = "programmes.plan"
IMPORT_PLANS = "programmes.import_plans"
TARGET = "programmes.target"
ALIGN = "programmes.align"
READ_FINDINGS = "programmes.read_findings"
EXPLAIN = "programmes.explain"
DECIDE = "programmes.decide"


def holds_in(actor: Actor, operation: str, region: str) -> bool:
    """Whether an operation is held in an area, by whatever sector: findings and runs have none."""
    return any(area.holds(region) for area in actor.areas(operation))


def require_in(actor: Actor, operation: str, region: str) -> None:
    """Refuse (`NotAllowed`) who does not hold an operation in an area (`holds_in`)."""
    if not holds_in(actor, operation, region):
        raise NotAllowed(actor, operation)
