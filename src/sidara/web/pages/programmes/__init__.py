"""Pages of plans and activities: what all levels do where, documents with their goals, the editors."""
