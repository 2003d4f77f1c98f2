"""Commands of `regions`: load the register, give regions codes, keep boundaries. Nothing is ever deleted."""

from sidara.regions.services.areas import Progress, assign_codes, load_register
from sidara.regions.services.boundaries import keep_boundaries

__all__ = ["Progress", "assign_codes", "keep_boundaries", "load_register"]
