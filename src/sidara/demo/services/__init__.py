"""Commands of the demo: `load` fills a home folder, `submit` lets example villages fill in and send forms."""

from sidara.demo.services.loading import Say, load, published_files, simulated_sets
from sidara.demo.services.submitting import DATASET, Examples, Submitted, examples, submit

__all__ = [
    "DATASET",
    "Examples",
    "Say",
    "Submitted",
    "examples",
    "load",
    "published_files",
    "simulated_sets",
    "submit",
]
