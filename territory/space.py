"""From a campaign to its partition: which land, cut how.

The one place where both wings are known and nothing has happened yet.
"""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from territory import partition
from territory.campaign import Campaign
from territory.errors import CampaignError
from territory.partition import Partition

METHODS = ("places",)
EDGE = 64  # steps along each edge of the extent, so that it stays a parallel or a meridian in any projection


def cut(campaign: Campaign) -> Partition:
    """The partition that a campaign asks for.

    Raises
    ------
    CampaignError
        Where ``[partition]`` of campaign.toml asks for what there is not.
    PartitionError
        Where places coincide or lie off the land.
    """
    asked = campaign.cutting
    method = asked.get("method", "places")
    if method not in METHODS:
        raise CampaignError(f"campaign.toml: partition method is {method!r}; it must be one of {', '.join(METHODS)}.")
    try:
        radius = float(asked["max_radius_km"])
        crs = str(asked["crs"])
        sites = {str(kind): float(km) for kind, km in dict(asked.get("site_radius_km", {})).items()}
    except KeyError as error:
        raise CampaignError(f"campaign.toml: [partition] needs {error.args[0]}.") from None
    except (TypeError, ValueError) as error:
        raise CampaignError(f"campaign.toml: [partition] has a value that is no number: {error}.") from None
    return partition.from_places(campaign.places, land(campaign), crs=crs, max_radius_km=radius, site_radius_km=sites)


def land(campaign: Campaign) -> BaseGeometry:
    """The land inside the extent; all of the extent where the campaign has no land layer."""
    frame = shapely.segmentize(shapely.box(*campaign.extent), (campaign.extent[2] - campaign.extent[0]) / EDGE)
    outlines = [shape for layer in campaign.layer("land") for shape in layer.shapes]
    if not outlines:
        return frame
    return shapely.intersection(shapely.union_all(outlines), frame)
