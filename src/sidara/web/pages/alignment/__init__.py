"""Sinkronisasi: whether the plans of all levels pull one way, and what is to be spoken about."""
