"""Who asks and what they may do: the actor that every query and service takes first.

A right names an operation (`warehouse.ask`, `regions.load`). Until accounts exist there are two
actors: the public, who reads what is open, and the operator of the machine, who works by command
line and may do everything. Default is deny.
"""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program. `operations` lists what it may do; `*` stands for everything."""

    id: UUID
    name: str
    function: str
    operations: frozenset[str] = field(default_factory=frozenset)

    def may(self, operation: str) -> bool:
        """Whether the actor holds the right for `operation`."""
        return "*" in self.operations or operation in self.operations


PUBLIC_OPERATIONS = frozenset(
    {"warehouse.ask", "regions.read", "dictionary.read", "collection.read_open", "indices.read"}
)

PUBLIC = Actor(UUID(int=0), "Umum", "pembaca tanpa masuk", PUBLIC_OPERATIONS)
OPERATOR = Actor(UUID(int=1), "Pengelola", "pengelola lewat baris perintah", frozenset({"*"}))


class NotAllowed(PermissionError):  # noqa: N818 - reads as the sentence it is
    """The actor lacks the right for the operation. Doors turn it into 403 or exit code 1."""

    def __init__(self, actor: Actor, operation: str) -> None:
        """Name who was refused what."""
        super().__init__(f"{actor.name} tidak berhak melakukan {operation}.")


def require(actor: Actor, operation: str) -> None:
    """Refuse (`NotAllowed`) unless the actor holds the right."""
    if not actor.may(operation):
        raise NotAllowed(actor, operation)
