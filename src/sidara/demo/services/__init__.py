"""Commands of the demo: `load` fills a home folder, `submit` lets example villages fill in and send forms."""

from sidara.demo.services.loading import Say, load, published_files, simulated_sets
from sidara.demo.services.plan_writing import Planned
from sidara.demo.services.planning import plan_examples
from sidara.demo.services.planted import Planted, planted
from sidara.demo.services.submitting import (
    Examples,
    Submitted,
    examples,
    expected,
    has_examples,
    shown,
    submit,
)

__all__ = [
    "Examples",
    "Planned",
    "Planted",
    "Say",
    "Submitted",
    "examples",
    "expected",
    "has_examples",
    "load",
    "plan_examples",
    "planted",
    "published_files",
    "shown",
    "simulated_sets",
    "submit",
]
