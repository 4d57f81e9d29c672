"""The three tables: their columns, what they mean and which values they take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from territory.records.schema.table import Row
from territory.records.schema.values import (
    CountsCell,
    Day,
    Id,
    ManyCell,
    NumberCell,
    Span,
    Text,
    WholeCell,
    YesCell,
)

Grounding = Literal["", "cited", "implied", "map", "recalled"]
Radius = Annotated[NumberCell, Field(ge=0, le=1000)]
Probability = Annotated[NumberCell, Field(ge=0, le=1)]


class _Located(Row):
    """A row that may have a point."""

    @field_validator("lon", "lat", check_fields=False)
    @classmethod
    def _on_the_globe(cls, degrees: float | None, info: ValidationInfo) -> float | None:
        if degrees is not None and abs(degrees) > (180 if info.field_name == "lon" else 90):
            lon = info.data.get("lon")
            swapped = info.field_name == "lat" and lon is not None and abs(lon) <= 90 and abs(degrees) <= 180
            hint = " lon and lat look swapped." if swapped else ""
            raise ValueError(f"is {degrees:g}, which is not on the globe.{hint}")
        return degrees


class EventRow(_Located):
    """A dated, sourced record. Append-only: a correction is a new row."""

    KEY = "event_id"
    COLUMNS = ("event_id", "date", "kind", "place", "actor", "source")

    event_id: Id = Field(description="Its own name, unlike any other's.", examples=["E001"])
    date: Span = Field(
        description="When it was so: EDTF, `2015-04-25`, `2015-04`, `2015-04-24/2015-04-25`, `2015-04~`.",
        examples=["2000-01-01"],
    )
    kind: Id = Field(description="What the record says: see the list of kinds.", examples=["clash"])
    place: Text = Field("", description="Id, name or alias of a place of places.csv.")
    unit: Text = Field("", description="Id of a unit of the partition, or of an admin unit of places.csv.")
    lon: NumberCell | None = Field(None, description="Longitude of a point, degrees.")
    lat: NumberCell | None = Field(None, description="Latitude of a point, degrees.")
    radius_km: Radius = Field(
        0.0, description="With a point: the ground within. With a line: at most this far from it."
    )
    geometry: Text = Field("", description="WKT of a polygon, or `left of LINESTRING (...)`, or `right of ...`.")
    actor: ManyCell = Field((), description="Who acts; several separated by semicolons.")
    against: ManyCell = Field((), description="Whom it is against; several separated by semicolons.")
    source: ManyCell = Field((), description="Ids of the sources that say so.")
    locator: Text = Field("", description="Where in the source: page, paragraph, timestamp.")
    quote: Text = Field("", description="The words read there, exactly.")
    claimed_by: Text = Field("", description="Who claims it, where that is not the source: actor or source ids.")
    reported: Span | None = Field(None, description="When it became known.")
    grounding: Grounding = Field(
        "",
        description="How the record was come by: `cited` (read in the source), `implied` (what was read implies it), "
        "`map` (another map only), `recalled` (no source read).",
    )
    seq: WholeCell = Field(0, description="Order among the events of one day, smaller first.")
    supersedes: Text = Field("", description="Id of the event that a correction or retraction is about.")
    alternative_to: Text = Field("", description="Id of the event of which this is a conflicting account.")
    counts: CountsCell = Field(default_factory=dict, description="`name=number; name.actor=number`.")
    note: Text = Field("", description="What a reader should know.")
    drafted_by: Text = Field("", description="What drafted the row, where a person accepted a draft.")


class PlaceRow(_Located):
    """A named place with its coordinates. Names in other languages stand in columns `name_ar`, `name_fr` ..."""

    KEY = "place_id"
    COLUMNS = ("place_id", "name", "kind", "lon", "lat")
    PER_LANGUAGE = "name"

    place_id: Id = Field(description="Its own name, unlike any other's.", examples=["place"])
    name: Text = Field("", description="Its name in the campaign's main language.")
    names: dict[str, Text] = Field(default_factory=dict, description="Its names in other languages, by tag.")
    aliases: ManyCell = Field((), description="Other spellings, separated by semicolons.")
    kind: Text = Field("", description="city, town, village, airbase, checkpoint ...; `area`: no ground.")
    lon: NumberCell = Field(description="Longitude, degrees.", examples=["0"])
    lat: NumberCell = Field(description="Latitude, degrees.", examples=["0"])
    precision: Literal["exact", "approximate", ""] = Field("", description="Whether the point is a rough guess.")
    admin1: Text = Field("", description="Id of the larger admin unit that it lies in.")
    admin2: Text = Field("", description="Id of the smaller one.")
    source: Text = Field("", description="Where the point is from.")
    note: Text = Field("", description="What a reader should know.")


class NameRow(Row):
    """What a place was called for a time, in place of its usual name. The file may be missing."""

    COLUMNS = ("place_id", "name")
    PER_LANGUAGE = "name"

    place_id: Id = Field(description="The place.", examples=["place"])
    name: Text = Field(description="Its name then, in the campaign's main language.", examples=["Name"])
    names: dict[str, Text] = Field(default_factory=dict, description="The same in other languages, by tag.")
    start: Day | None = Field(None, alias="from", description="First day.")
    end: Day | None = Field(None, alias="to", description="Last day.")
    note: Text = Field("", description="What a reader should know.")


class SourceRow(Row):
    """A published report."""

    KEY = "source_id"
    COLUMNS = ("source_id", "title")

    source_id: Id = Field(description="Its own name, unlike any other's.", examples=["source"])
    title: Text = Field(description="As published.", examples=["Title"])
    publisher: Text = Field("", description="Who published it.")
    side: Text = Field("", description="Id of the actor that it is partisan to, or `neutral`.")
    published: Text = Field("", description="When.")
    url: Text = Field("", description="Its address.")
    archive_url: Text = Field("", description="Address of an archived copy.")
    accessed: Text = Field("", description="When it was read.")
    derived_from: ManyCell = Field((), description="Ids of the sources that it relays.")
    from_map: YesCell = Field(False, description="`yes` for another map, which is no evidence.")
    p_false_gain: Probability | None = Field(None, description="How often a gain it reports for its side is false.")
