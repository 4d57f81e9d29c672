"""Where nodes lie, guessed from the places around them: three cells meet where their places are equally far.

Only the difference to the guess is told. Player and Python guess with the same sums in the same order
(``player/src/codec/nodes.js``), so nothing here may use a function that two machines may round differently.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from territory.render.codec.connectivity import Walk

FAR = 4.0  # times the distance to its places: farther off a guess is not believed
COSINE = tuple(float(term) for term in (1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600))


def ends(told: Walk) -> NDArray[np.int64]:
    """(arc, 2) int64: the node at the start and at the end of every arc, numbered as they are first met.

    Ends are one node where the rings say that one arc leads to the next.
    """
    parent = list(range(2 * len(told.arc)))

    def find(end: int) -> int:
        while parent[end] != end:
            parent[end] = parent[parent[end]]
            end = parent[end]
        return end

    for half, following in enumerate(told.after):
        if following >= 0:  # half-edge 2a + side begins at end 2a + side of its arc, and ends at the other
            one, two = find(half ^ 1), find(following)
            if one != two:
                parent[max(one, two)] = min(one, two)
    met: dict[int, int] = {}
    return np.array([met.setdefault(find(end), len(met)) for end in range(len(parent))], dtype=np.int64).reshape(-1, 2)


def guesses(
    corners: NDArray[np.int64], sides: NDArray[np.int64], place: NDArray[np.int64], xy: NDArray[np.int64],
    lat: tuple[float, float], squeeze: float,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:  # fmt: skip
    """Guessed positions of all nodes, and which of the guesses count.

    Parameters
    ----------
    corners : (arc, 2) int64
        Nodes at the ends of every arc.
    sides : (arc, 2) int64
        Cells left and right, -1 outside.
    place : (cell,) int64
        Who speaks, -1 for nobody.
    xy : (place, 2) int64
        Grid steps.
    lat : tuple of float
        Latitude of the grid's corner, and a step, in degrees.
    squeeze : float
        How long a degree east is beside one north; 0 takes the cosine of each node's own latitude.
    """
    three = _three(corners, sides, place)
    found = three[:, 2] >= 0
    a, b, c = (xy[np.where(found, three[:, k], 0)].astype(np.float64) for k in range(3))
    q = np.full(len(a), squeeze) if squeeze else cosine((lat[0] + a[:, 1] * lat[1]) * (np.pi / 180))
    bx, by, cx, cy = (b[:, 0] - a[:, 0]) * q, b[:, 1] - a[:, 1], (c[:, 0] - a[:, 0]) * q, c[:, 1] - a[:, 1]
    double = 2 * (bx * cy - by * cx)
    b2, c2 = bx * bx + by * by, cx * cx + cy * cy
    with np.errstate(divide="ignore", invalid="ignore"):
        ux, uy = (cy * b2 - by * c2) / double, (bx * c2 - cx * b2) / double
    reach = FAR * np.max(np.abs([bx, by, cx, cy]), axis=0)
    found &= (double != 0) & (np.abs(ux) <= reach) & (np.abs(uy) <= reach)
    guess = np.zeros((len(a), 2), dtype=np.int64)
    guess[found, 0] = np.floor(a[found, 0] + ux[found] / q[found] + 0.5)
    guess[found, 1] = np.floor(a[found, 1] + uy[found] + 0.5)
    return guess, found


def cosine(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """A sum that every machine rounds alike; good to a millionth up to the polar circles."""
    square = angle * angle
    value = np.zeros_like(square)
    for term in reversed(COSINE):
        value = value * square + term
    return value


def cosine_of(angle: float) -> float:
    """``cosine`` of one angle."""
    square, value = angle * angle, 0.0
    for term in reversed(COSINE):
        value = value * square + term
    return value


def _three(corners: NDArray[np.int64], sides: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    """(node, 3): the first three places around each node, in the order of arcs; -1 where there are fewer."""
    three = np.full((int(corners.max()) + 1, 3), -1, dtype=np.int64)
    rows = three.tolist()
    for nodes, cells in zip(corners.tolist(), sides.tolist(), strict=True):
        for node in nodes:
            row = rows[node]
            for cell in cells:
                speaks = int(place[cell]) if cell >= 0 else -1
                if speaks >= 0 and speaks not in row and -1 in row:
                    row[row.index(-1)] = speaks
    return np.array(rows, dtype=np.int64)
