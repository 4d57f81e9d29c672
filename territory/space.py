"""From a campaign to its partition: which land, cut how.

The one place where both wings are known and nothing has happened yet. ``[partition]`` of campaign.toml says ``method``:

places     Voronoi cells of places.csv: crs, max_radius_km (left out: no limit), [partition.site_radius_km],
           barriers = ["river", "lake", "coast"] (roles of layers; coast is the edge of the land), observed_km
units      polygons of a file: file, id (the property that names a unit), repair, gaps = "refuse" or "keep"
h3         hexagons: resolution
snapshots  dated polygons: files, date, actor, resolution_m, rest, source (see io.ground)
lines      dated front lines: file, date, left, right, resolution_m, source (see io.ground)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from territory import partition
from territory.campaign import Campaign
from territory.errors import CampaignError
from territory.partition import Partition

EDGE = 64  # steps along each edge of the extent, so that it stays a parallel or a meridian in any projection
Asked = Mapping[str, Any]  # Any: straight from TOML; every value is checked where it is taken


def cut(campaign: Campaign) -> Partition:
    """The partition that a campaign asks for.

    Raises
    ------
    CampaignError
        Where ``[partition]`` of campaign.toml asks for what there is not.
    PartitionError
        Where the ground cannot be cut so.
    """
    method = campaign.cutting.get("method", "places")
    if method not in METHODS:
        raise CampaignError(f"campaign.toml: partition method is {method!r}; it must be one of {', '.join(METHODS)}.")
    try:
        return METHODS[method](campaign, campaign.cutting)
    except KeyError as error:
        raise CampaignError(f"campaign.toml: [partition] with method {method!r} needs {error.args[0]}.") from None
    except (TypeError, ValueError) as error:
        raise CampaignError(f"campaign.toml: [partition] has a value that cannot be used: {error}.") from None


def land(campaign: Campaign) -> BaseGeometry:
    """The land inside the extent; all of the extent where the campaign has no land layer."""
    frame = shapely.segmentize(shapely.box(*campaign.extent), (campaign.extent[2] - campaign.extent[0]) / EDGE)
    outlines = [shape for layer in campaign.layer("land") for shape in layer.shapes]
    if not outlines:
        return frame
    return shapely.intersection(shapely.union_all(outlines), frame)


def _places(campaign: Campaign, asked: Asked) -> Partition:
    roles = _barriers(asked)
    return partition.from_places(
        campaign.places,
        land(campaign),
        crs=str(asked["crs"]),
        max_radius_km=_number(asked, "max_radius_km"),
        site_radius_km={str(kind): float(km) for kind, km in dict(asked.get("site_radius_km", {})).items()},
        barriers=[shape for layer in campaign.layers if layer.role in roles for shape in layer.shapes],
        coast="coast" in roles,
        observed_km=_number(asked, "observed_km"),
    )


def _number(asked: Asked, key: str) -> float | None:
    """A positive number, or None where it is left out."""
    if key not in asked:
        return None
    number = float(asked[key])
    if not 0 < number < float("inf"):
        raise CampaignError(f"campaign.toml: [partition] {key} is {number}; it must be more than 0.")
    return number


def _barriers(asked: Asked) -> list[str]:
    roles = asked.get("barriers", [])
    known = ("river", "lake", "coast")
    if not isinstance(roles, list) or not set(roles) <= set(known):
        raise CampaignError(f"campaign.toml: [partition] barriers is {roles!r}; it may list {', '.join(known)}.")
    return roles


METHODS: dict[str, Callable[[Campaign, Asked], Partition]] = {"places": _places}
