"""What the indices do by themselves: compare published figures with their items after each import."""

from sidara.indices import services
from sidara.kernel.actor import OPERATOR


def follow_import(sender: object, dataset: str, **_import: object) -> None:  # noqa: ARG001 - sent by the signal
    """Compare a data set that was just imported."""
    services.compare_published(OPERATOR, dataset=dataset)
