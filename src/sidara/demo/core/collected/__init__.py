"""Made-up cells of example villages, consistent with the rules of a dictionary. SIMULASI, all of it.

Pure and the same for the same seed; a village's cells depend on its code, the seed and the period alone, so
one village is drawn as it is within a province. Counts are small and skewed, some things do not exist in a
village at all, flows have seasons, stocks drift.
"""

from sidara.demo.core.collected.model import Models, Population, models_of
from sidara.demo.core.collected.province import SKIPPED, simulate_collected

__all__ = ["SKIPPED", "Models", "Population", "models_of", "simulate_collected"]
