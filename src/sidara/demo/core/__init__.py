"""Pure parts of the demo: the generator of simulated answers."""

from sidara.demo.core.answers import simulate

__all__ = ["simulate"]
