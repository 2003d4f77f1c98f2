"""Furniture: base templates, components, charts, design tokens, icons, and how commands speak.

In: plain values. Out: HTML and SVG, words in a terminal. Knows no room.
"""
