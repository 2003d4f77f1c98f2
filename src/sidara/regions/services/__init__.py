"""Commands of the room: load the register, give codes, record successions, keep boundaries, state conditions.

Regions and codes stay for ever; only the list of codes that wait for a person is written anew by an import.
"""

from sidara.regions.services.boundaries import keep_boundaries
from sidara.regions.services.codes import CodesAccount, import_codes
from sidara.regions.services.conditions import ConditionsAccount, import_conditions, state_conditions
from sidara.regions.services.examples import add_examples
from sidara.regions.services.loading import Progress, assign_codes, load_register
from sidara.regions.services.succession import SuccessionAccount, import_succession

__all__ = [
    "CodesAccount",
    "ConditionsAccount",
    "Progress",
    "SuccessionAccount",
    "add_examples",
    "assign_codes",
    "import_codes",
    "import_conditions",
    "import_succession",
    "keep_boundaries",
    "load_register",
    "state_conditions",
]
