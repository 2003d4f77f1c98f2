"""Registers of apparatus, participation and institutions: lists of the collection, replayed and counted."""

from sidara.programmes.core.registers.apparatus import count_apparatus, count_trainings
from sidara.programmes.core.registers.institutions import count_institutions
from sidara.programmes.core.registers.participation import GROUPS, count_meetings, count_proposals
from sidara.programmes.core.registers.replay import Act, Fated, Save, Version, fates, replayed
from sidara.programmes.core.registers.rows import Row, columns_of, decimal_of, number, proposal_key, value
from sidara.programmes.core.registers.rules import Register, Rules, Status, rules_of
from sidara.programmes.core.registers.shown import is_closed, withheld, withheld_areas, withheld_parts
from sidara.programmes.core.registers.waiting import Answer, Quartiles, Waiting, ages, quartiles, waiting

__all__ = [
    "GROUPS",
    "Act",
    "Answer",
    "Fated",
    "Quartiles",
    "Register",
    "Row",
    "Rules",
    "Save",
    "Status",
    "Version",
    "Waiting",
    "ages",
    "columns_of",
    "count_apparatus",
    "count_institutions",
    "count_meetings",
    "count_proposals",
    "count_trainings",
    "decimal_of",
    "fates",
    "is_closed",
    "number",
    "proposal_key",
    "quartiles",
    "replayed",
    "rules_of",
    "value",
    "waiting",
    "withheld",
    "withheld_areas",
    "withheld_parts",
]
