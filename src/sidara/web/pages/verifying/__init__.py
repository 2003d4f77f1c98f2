"""Pages of verifiers: what waits for them, and one submission with what they should look at."""
