"""Pages of entry: what a village has to fill in, and filling it in; with script and without."""
