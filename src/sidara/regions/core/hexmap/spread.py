"""From points on the earth to points that each have room for one cell.

Missing points are the mean of their kecamatan, else of their kabupaten, else of all. Points far off
their kabupaten are drawn in. The scale makes the area that the points cover as large as their cells;
then equal discs push each other apart, and islands are moved up to the nearest coast.
"""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from sidara.regions.core.hexmap.grid import ROW_HEIGHT, Floats, Ints

KM_PER_DEGREE = 111.32
FAR = 98.0
"""Percentile of the distance to the middle of the kabupaten from which on a point is drawn in."""
REACH = 1.9
"""A point covers the ground up to this far (cell widths) when the scale is chosen."""
ROOM = 1.02
"""Distance that two points want (cell widths)."""
ROUNDS = 420
TOUCH = 1.75
"""Points nearer than this (cell widths) hang together."""


def group_means(points: Floats, groups: Ints) -> Floats:
    """Give the mean point of each group (0 … n-1); NaN for a group without points."""
    count = np.bincount(groups, minlength=groups.max() + 1)
    with np.errstate(invalid="ignore"):
        return np.column_stack([np.bincount(groups, part, minlength=count.size) / count for part in points.T])


def completed(points: Floats, districts: Ints, regencies: Ints) -> Floats:
    """Fill missing points (NaN): mean of the kecamatan, else of the kabupaten, else of all, else 0."""
    filled = points.copy()
    for groups in (districts, regencies, np.zeros_like(districts)):
        known = ~np.isnan(filled[:, 0])
        if known.all():
            break
        if known.any():
            total = groups.max() + 1
            count = np.bincount(groups[known], minlength=total)
            with np.errstate(invalid="ignore"):
                means = np.column_stack(
                    [np.bincount(groups[known], part[known], minlength=total) / count for part in filled.T]
                )
            filled[~known] = means[groups[~known]]
    return np.nan_to_num(filled)


def projected(points: Floats) -> Floats:
    """Turn longitude, latitude (degrees) into km east and south of the middle."""
    middle = points.mean(0)
    shrink = np.cos(np.radians(middle[1]))
    km: Floats = (points - middle) * np.array([KM_PER_DEGREE * shrink, -KM_PER_DEGREE])
    return km


def drawn_in(points: Floats, groups: Ints) -> Floats:
    """Draw points that lie far off the middle of their group to the distance of its last percent."""
    near = points.copy()
    for group in range(groups.max() + 1):
        members = np.flatnonzero(groups == group)
        middle = np.median(points[members], axis=0)
        away = np.linalg.norm(points[members] - middle, axis=1)
        limit = np.percentile(away, FAR) * 1.1
        far = away > max(limit, 1e-9)
        near[members[far]] = middle + (points[members[far]] - middle) * (limit / away[far])[:, None]
    return near


def _covered(points: Floats) -> int:
    """Count the cells within reach of the points."""
    low, high = points.min(0) - REACH, points.max(0) + REACH
    x, y = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1], ROW_HEIGHT))
    away, _ = cKDTree(points).query(np.column_stack((x.ravel(), y.ravel())), distance_upper_bound=REACH)
    return int(np.isfinite(away).sum())


def scaled(points: Floats) -> Floats:
    """Scale points (km) so that the ground they cover has about one cell a point."""
    extent = float(np.ptp(points, axis=0).max()) or 1.0
    low, high = 1 / extent, 4 * len(points) ** 0.5 / extent
    for _ in range(18):
        middle = (low * high) ** 0.5
        if _covered(points * middle) < len(points):
            low = middle
        else:
            high = middle
    return points * low


def _pairs(points: Floats, reach: float) -> Ints:
    """Give the pairs of points nearer than `reach`, sorted."""
    pairs: Ints = cKDTree(points).query_pairs(reach, output_type="ndarray")
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return np.take(pairs, order, axis=0)


def joined(points: Floats) -> Floats:
    """Move islands up: the smaller of the two nearest pieces goes to the other until all touch."""
    moved = points.copy()
    while True:
        pairs = _pairs(moved, TOUCH)
        links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(moved),) * 2)
        count, piece = connected_components(links, directed=False)
        if count == 1:
            return moved
        sizes = np.bincount(piece)
        smallest = int(np.argmin(sizes))
        inside = piece == smallest
        away, nearest = cKDTree(moved[~inside]).query(moved[inside])
        closest = int(np.argmin(away))
        gap = moved[~inside][nearest[closest]] - moved[inside][closest]
        moved[inside] += gap * (1 - 0.9 / away[closest])


def spread(points: Floats, groups: Ints) -> Floats:
    """Push points apart until each has room for a disc; groups are held together a little."""
    angle = np.arange(len(points)) * 2.399963
    at = points + 0.02 * np.column_stack((np.cos(angle), np.sin(angle)))
    for turn in range(ROUNDS):
        if turn % 60 == 0:
            at = joined(at)
        pairs = _pairs(at, ROOM)
        if len(pairs):
            first, second = pairs[:, 0], pairs[:, 1]
            apart = at[first] - at[second]
            length = np.linalg.norm(apart, axis=1) + 1e-9
            push = apart / length[:, None] * ((ROOM - length) * 0.42)[:, None]
            count = np.bincount(first, minlength=len(at)) + np.bincount(second, minlength=len(at))
            total = np.column_stack(
                [
                    np.bincount(first, part, minlength=len(at)) - np.bincount(second, part, minlength=len(at))
                    for part in push.T
                ]
            )
            at += total / np.maximum(1, count**0.5)[:, None]
        if turn < ROUNDS * 0.7:
            at += (group_means(at, groups)[groups] - at) * 0.003
        at += (at.mean(0) - at) * 0.0006
    return joined(at)
