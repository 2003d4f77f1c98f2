"""*Untuk desa kami*: what a village gets back from its own data for its own planning, on page and paper."""
