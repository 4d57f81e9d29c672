"""Draw SVG in degrees: projection to points, paths and text. All text is escaped here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


class Sheet:
    """An SVG drawing of an extent, ``width`` points wide; its height follows.

    The projection is equirectangular, true to scale along the middle parallel: over the extent of a campaign it differs
    from other projections by less than a line's width.

    Parameters
    ----------
    extent : (west, south, east, north)
        Degrees.
    width : float
        Points.
    rtl : bool
        Whether texts run from right to left.
    """

    def __init__(self, extent: tuple[float, float, float, float], width: float, *, rtl: bool = False) -> None:
        self.west, south, east, self.north = extent
        self.per_lat = width / ((east - self.west) * math.cos(math.radians((south + self.north) / 2)))
        self.per_lon = width / (east - self.west)
        self.width, self.height = width, (self.north - south) * self.per_lat
        self.parts: list[str] = []
        self.rtl = rtl

    def xy(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) float64: degrees as points on the sheet, y downwards."""
        return np.stack([(lonlat[:, 0] - self.west) * self.per_lon, (self.north - lonlat[:, 1]) * self.per_lat], axis=1)

    def path(self, shape: BaseGeometry) -> str:
        """SVG path data of lines and polygons, rounded to a tenth of a point."""
        pieces = []
        for part in shapely.get_parts(shape):
            closed = part.geom_type == "Polygon"
            lines = shapely.get_rings(part) if closed else [part]
            pieces += [self._steps(shapely.get_coordinates(line)) + "z" * closed for line in lines]
        return "".join(pieces)

    def _steps(self, lonlat: NDArray[np.float64]) -> str:
        whole = np.rint(self.xy(lonlat) * 10).astype(np.int64)
        moved = np.r_[True, (np.diff(whole, axis=0) != 0).any(axis=1)]
        steps = np.diff(whole[moved], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        first, *rest = (" ".join(f"{value / 10:g}" for value in step) for step in steps)
        return f"M{first}" + (f"l{' '.join(rest)}" if rest else "")

    def draw(self, shape: BaseGeometry, style: str) -> None:
        """Draw lines or polygons; ``style`` holds SVG attributes and must not contain user data."""
        if not shapely.is_empty(shape):
            self.parts.append(f'<path d="{self.path(shape)}" {style}/>')

    def text(self, x: float, y: float, text: str, style: str) -> None:
        """Draw text to the right of a point, escaped."""
        # In a script that runs to the left, the side at which a text ends is its left one.
        way = ' direction="rtl" text-anchor="end"' if self.rtl else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{way} {style}>{escape(text)}</text>')

    def line(self, indent: float, y: float, text: str, style: str) -> None:
        """Draw text from the side where reading begins, ``indent`` points from it, escaped."""
        x, way = (self.width - indent, ' direction="rtl"') if self.rtl else (indent, "")
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{way} {style}>{escape(text)}</text>')

    def raw(self, parts: Iterable[str]) -> None:
        """Append SVG elements as they are."""
        self.parts += parts

    def svg(self, title: str, description: str, definitions: Sequence[str] = (), margin: float = 0.0) -> str:
        """The drawing as one SVG element; ``margin`` points are added below for a legend."""
        height = self.height + margin
        size = f'viewBox="0 0 {self.width:g} {height:.1f}" width="{self.width:g}" height="{height:.1f}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
        named = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        return f"{head}{named}<defs>{''.join(definitions)}</defs>{''.join(self.parts)}</svg>"
