"""The columns in which saves and imports write cells and changes."""

CELL = (
    *("id", "variable_id", "region_id", "period", "row", "breakdown", "state", "value", "explanation"),
    *("revision", "submission_id"),
)
SAID = ("state", "value", "explanation", "revision")
CHANGE = (
    *("sequence", "cell_id", "record_id", "revision", "old_state", "old_value", "old_explanation"),
    *("state", "value", "explanation"),
)
