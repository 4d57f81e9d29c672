"""How the ground is cut: the table ``[partition]`` as a typed value, one type a method."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from territory.records.schema.table import Table
from territory.records.schema.values import LARGEST_KM, Id, Km, Metres

Barrier = Literal["river", "lake", "coast"]
NotNegativeKm = Annotated[float, Field(ge=0, le=LARGEST_KM)]


class _Spec(Table):
    """What every method knows."""

    observed_km: Km | None = Field(
        None, description="Ground at most this far from a place that a record names is observed; beyond, inferred."
    )

    @property
    def farthest_place_km(self) -> float | None:
        """Beyond this distance from every place the ground is unknown; None where there is no such limit."""
        return None


class PlacesSpec(_Spec):
    """Voronoi cells of places.csv."""

    method: Literal["places"] = Field("places", description="The way to cut.")
    crs: Id = Field(description="Projected system, in metres, in which cells are cut.", examples=["EPSG:32637"])
    max_radius_km: Km | None = Field(
        None, description="Ground farther than this from every place is unknown. Left out: no limit."
    )
    site_radius_km: dict[str, NotNegativeKm] = Field(
        default_factory=dict,
        description="Radius of the ground of sites, by kind of place (airbase, base, checkpoint ...); 0: no ground.",
    )
    barriers: tuple[Barrier, ...] = Field(
        (), description="Roles of layers that no cell crosses; `coast` is the edge of the land.", strict=False
    )

    @property
    def farthest_place_km(self) -> float | None:
        """The largest radius of a cell."""
        return self.max_radius_km


class UnitsSpec(_Spec):
    """Polygons of a file, such as admin units."""

    method: Literal["units"] = Field(description="The way to cut.")
    file: Id = Field(description="GeoJSON file of the units, in the campaign folder.", examples=["units.geojson"])
    id: Id = Field(description="Property that names a unit.", examples=["name"])
    repair: bool = Field(False, description="Whether overlaps and slivers between units are mended.")
    gaps: Literal["refuse", "keep"] = Field("refuse", description="What is done where units leave gaps.")


class H3Spec(_Spec):
    """H3 hexagons."""

    method: Literal["h3"] = Field(description="The way to cut.")
    resolution: int = Field(ge=0, le=15, description="H3 resolution.", examples=[6])


class _MapSpec(_Spec):
    """What dated maps have in common."""

    date: Id | None = Field(None, description="Property with the day. Left out: the day in the name of the file.")
    date_format: Id | None = Field(None, description="How days are written, as in strptime. Left out: ISO.")
    resolution_m: Metres = Field(description="Detail that is kept, in metres.", examples=[100])
    source: Id | None = Field(None, description="Id of the source whose maps they are.")


class SnapshotsSpec(_MapSpec):
    """Dated polygons: somebody's maps of control."""

    method: Literal["snapshots"] = Field(description="The way to cut.")
    files: Id = Field(description="GeoJSON files in the campaign folder, with `*`.", examples=["*.geojson"])
    actor: Id | None = Field(None, description="Id of the actor that holds every polygon.")
    actor_from: Id | None = Field(None, description="Property that names the actor of a polygon.")
    rest: Id | None = Field(None, description="Id of the actor that holds what is in no polygon. Left out: unknown.")


class LinesSpec(_MapSpec):
    """Dated front lines."""

    method: Literal["lines"] = Field(description="The way to cut.")
    file: Id = Field(description="GeoJSON file of the lines, in the campaign folder.", examples=["lines.geojson"])
    left: Id = Field(description="Id of the actor to the left of a line.", examples=["north"])
    right: Id = Field(description="Id of the actor to the right of a line.", examples=["south"])
    farthest_km: Km = Field(50.0, description="Ground farther than this from the line is unknown.")


def _method(value: object) -> str:
    """The way to cut that a table names; places where it names none."""
    return str(value.get("method", "places")) if isinstance(value, dict) else "places"


PartitionSpec = Annotated[
    Annotated[PlacesSpec, Tag("places")]
    | Annotated[UnitsSpec, Tag("units")]
    | Annotated[H3Spec, Tag("h3")]
    | Annotated[SnapshotsSpec, Tag("snapshots")]
    | Annotated[LinesSpec, Tag("lines")],
    Discriminator(_method),
]
