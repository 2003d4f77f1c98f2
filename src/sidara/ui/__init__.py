"""Furniture: base templates, components, charts, design tokens, icons.

In: plain values. Out: HTML and SVG. Knows no room.
"""
