"""Pages of the award: its lists, and one score with what it is made of."""
