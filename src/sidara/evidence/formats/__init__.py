"""Bytes: the look into a file in a shelter of its own, and the shelf on which files lie."""
