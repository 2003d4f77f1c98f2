"""Bytes and words: the content files, and codes as pictures."""
