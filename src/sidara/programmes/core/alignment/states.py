"""How a finding stands after a run: new, kept, changed, gone, or back again."""

from sidara.programmes.core.words import State


def state_after(state: State | None, *, is_changed: bool) -> State:
    """Give the state of a finding that a run met; `None`: it was not known before.

    What was explained stays so as long as the same is found; what was solved and is met again is open.
    """
    if state is State.EXPLAINED and not is_changed:
        return State.EXPLAINED
    return State.OPEN
