"""SIDARA, the village data system (Sistem Data Sektoral).

A modular Django application around pure cores. `rooms.py` is the architecture in one tuple;
`docs/architecture.md` tells how a cell travels through it.
"""

__version__ = "0.1.0"
