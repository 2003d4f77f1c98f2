"""The bodies that scripts post."""

import json
from typing import Any

from sidara.ui.rights import Asking


def json_of(request: Asking, *, longest: int) -> Any:
    """Read the body of a POST as JSON; `None` where it is none, or longer than so many bytes."""
    if request.method != "POST" or len(request.body) > longest:
        return None
    try:
        return json.loads(request.body)
    except ValueError:
        return None
