"""campaign.toml: what its keys are called, what they mean and which values they take."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from territory.records.dates import Policy
from territory.records.estimator import Estimator, Method
from territory.records.fusion import Rule
from territory.records.layers import Role
from territory.records.schema.partitions import PartitionSpec
from territory.records.schema.table import Table
from territory.records.schema.values import Day, Days, Extent, Id, Km, Label, Text, Texts, View, Zone

FORMAT = 2
NO_TEXT = Texts("", {})


class MembershipTable(Table):
    """A closer tie of an actor for a time, inside its own side."""

    parent: Id = Field(description="Id of the actor that it belongs to.", examples=["actor"])
    start: Day | None = Field(None, alias="from", description="First day.")
    end: Day | None = Field(None, alias="to", description="Last day.")


class RenamedTable(Table):
    """What an actor was called for a time, in place of its label."""

    label: Label = Field(description="The label in that time, per language.", examples=["Actor"])
    start: Day | None = Field(None, alias="from", description="First day.")
    end: Day | None = Field(None, alias="to", description="Last day.")


class ActorTable(Table):
    """A party to the conflict; actors are numbered in this order."""

    id: Id = Field(description="Small letters, figures and hyphens; events name it.", examples=["actor"])
    label: Label = Field(description="Neutral name on the map, per language.", examples=["Actor"])
    colour: Text = Field("#808080", description="`#rrggbb`.")
    parent: Text = Field("", description="Id of the actor that it belongs to; left out for a side of its own.")
    aliases: list[Text] = Field(default_factory=list, description="Other names that reports use.")
    membership: list[MembershipTable] = Field(default_factory=list, description="Closer ties for a time.")
    renamed: list[RenamedTable] = Field(default_factory=list, description="Other labels for a time.")
    start: Day | None = Field(None, alias="from", description="First day on which it existed.")
    end: Day | None = Field(None, alias="to", description="Last day on which it existed.")


class RulesTable(Table):
    """How records are read."""

    date_policy: Policy = Field("latest", description="The day of an uncertain date on which an event acts.")
    stale_after_days: Days = Field(90, description="Days without an event after which a disputed place is stale.")
    fusion: Rule = Field("latest", description="Which of several conflicting accounts is believed.")


class EstimatorTable(Table):
    """Second opinion on the ground between places."""

    method: Method = Field(Estimator.method, description="Interpolation.")
    range_km: Km | None = Field(
        Estimator.range_km, description="Kriging: distance at which the covariance has fallen to 5 %."
    )
    neighbours: int = Field(Estimator.neighbours, ge=1, le=10_000, description="Kriging: nearest places with a weight.")
    grey_below: float = Field(
        Estimator.grey_below, ge=0.5, le=1, description="Ground is grey where no side has this probability."
    )


class LayerTable(Table):
    """A context layer of the map: never evidence."""

    file: Id = Field(description="GeoJSON file in the campaign folder.", examples=["land.geojson"])
    role: Role = Field(description="What it shows.", examples=["land"])
    title: Label = Field(NO_TEXT, description="Its name in the notes of the map, per language.")
    schematic: bool = Field(False, description="Whether lines are drawn through known points rather than surveyed.")
    source: Text = Field("", description="Where it is from.")
    licence: Text = Field("", description="The terms it comes under.")
    attribution: Text = Field("", description="The credit that these terms ask for.")
    changes: Text = Field("", description="What was changed in it.")


class ChapterTable(Table):
    """A caption for a day of the story."""

    day: Day = Field(description="The day that it stands at.", examples=["2000-01-01"])
    title: Label = Field(description="Its heading, per language.", examples=["Chapter"])
    text: Label = Field(NO_TEXT, description="One to three neutral sentences, per language.")
    events: list[Text] = Field(default_factory=list, description="Ids of the events that it is about.")
    view: View | None = Field(None, description="Where the map goes: [lon, lat, zoom].")


class CampaignFile(Table):
    """Period, extent, parties, how the ground is cut, key days, context layers."""

    format: Literal[2] = Field(description="Version of the folder's format.", examples=[FORMAT])
    id: Id = Field(description="Short name of the campaign, used for file names.", examples=["campaign"])
    title: Label = Field(description="Heading of the map, per language.", examples=["Campaign"])
    summary: Label = Field(NO_TEXT, description="What the map shows, per language.")
    language: Text = Field("en", description="Main language: that of texts without a tag and of the column `name`.")
    licence: Text = Field("", description="The terms under which the tables may be used.")
    attribution: Text = Field("", description="The credit that the map prints.")
    first_day: Day = Field(description="First day that is shown.", examples=["2000-01-01"])
    last_day: Day = Field(description="Last day that is shown.", examples=["2000-12-31"])
    baseline: Day | None = Field(
        None, description="Day of the baseline events; earlier events change nothing. Left out: the first day."
    )
    key_day: Day | None = Field(None, description="Day that a still shows unless another is asked for.")
    time_zone: Zone = Field(description="IANA name of the zone in which days are civil days.", examples=["UTC"])
    extent: Extent = Field(description="West, south, east, north in degrees.", examples=[[0, 0, 1, 1]])
    partition: PartitionSpec = Field(
        description="How the ground is cut.", examples=[{"method": "places", "crs": "EPSG:32637"}]
    )
    rules: RulesTable = Field(RulesTable(), description="How records are read.")
    estimator: EstimatorTable = Field(EstimatorTable(), description="Second opinion on the ground between places.")
    actor: list[ActorTable] = Field(default_factory=list, description="The parties.")
    layer: list[LayerTable] = Field(default_factory=list, description="Context layers.")
    chapter: list[ChapterTable] = Field(default_factory=list, description="Captions.")
