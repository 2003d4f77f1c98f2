"""The three registers and the proposals: what a reader asks, and the pages that answer."""
