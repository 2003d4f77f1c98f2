"""Pure parts of the demo: the generator of simulated answers."""

from sidara.demo.core.answers import Unknown, simulate

__all__ = ["Unknown", "simulate"]
