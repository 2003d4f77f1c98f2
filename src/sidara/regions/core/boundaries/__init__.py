"""Boundaries: polygons of villages from a file, held against the register and drawn at several zooms.

Words: survey (a file as read, before anything is kept), account (matched, missing, extra, duplicate), layer
(what is kept: one file's boundaries with source and date), zoom (a layer simplified to one fineness),
coverage (polygons that share their edges, without gaps or overlaps).
"""

from sidara.regions.core.boundaries.account import Account, reconcile
from sidara.regions.core.boundaries.layer import Area, Layer, Rules, Sheet, Survey

__all__ = ["Account", "Area", "Layer", "Rules", "Sheet", "Survey", "reconcile"]
