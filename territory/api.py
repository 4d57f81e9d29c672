"""The public ``Timeline``, with tables, arrays, maps and exports as methods, and ``open`` to read a campaign folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from territory import cube
from territory._util.atomic import write_file
from territory._util.gc_pause import gc_paused
from territory._util.lazy import Lazy
from territory.evaluate import Evaluation, evaluate
from territory.evaluate.fusion_rules import fusion_rules
from territory.io.readers import campaign_folder, geojson
from territory.measures import frames, record_frames, surfaces
from territory.measures.front_lines import RULER_M
from territory.measures.lookup import lookup
from territory.records.estimator import Estimator
from territory.records.fusion import Rule
from territory.render import page, still
from territory.render.iframe import iframe
from territory.space.partition import Partition
from territory.space.projection import LONLAT
from territory.timeline.base import BaseTimeline, By
from territory.timeline.build_partition import build_partition
from territory.timeline.changes import Day
from territory.timeline.fold import fold
from territory.timeline.why import Why, why

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes

    from territory.measures._router import RoadRule, Way
    from territory.measures.road_network import Stop
else:
    gpd = Lazy("geopandas")


class Timeline(BaseTimeline):
    """A campaign folded over its partition; see ``territory.timeline.base.BaseTimeline`` for its parts.

    Examples
    --------
    >>> import territory
    >>> timeline = territory.open("idlib-2015")
    >>> timeline.why("Ariha", "2015-05-28").controller.label
    'Army of Conquest'
    """

    def as_known_on(self, day: Day) -> Timeline:
        """The timeline from only the events reported by the end of a day.

        Events without a ``reported`` date count as known on their own day.
        """
        return fold(self.campaign, self.partition, rule=self.rule, known_on=day, kind=Timeline)

    def with_rule(self, rule: Rule) -> Timeline:
        """The timeline under another fusion rule: latest, majority, against_interest or bayes."""
        return fold(self.campaign, self.partition, rule=rule, known_on=self.known_on, kind=Timeline)

    def fusion_rules(self) -> pd.DataFrame:
        """Compare the fusion rules: changes of side, disbelieved events, delay: see ``evaluate.fusion_rules``."""
        return fusion_rules(self)

    @property
    def events(self) -> gpd.GeoDataFrame:
        """The events with what became of them, a GeoDataFrame: see ``record_frames.events``."""
        return record_frames.events(self)

    @property
    def places(self) -> gpd.GeoDataFrame:
        """The gazetteer with cells and numbers of events, a GeoDataFrame: see ``record_frames.places``."""
        return record_frames.places(self)

    @property
    def sources(self) -> pd.DataFrame:
        """The sources with their chains and numbers of events: see ``record_frames.sources``."""
        return record_frames.sources(self)

    def at(self, day: Day) -> gpd.GeoDataFrame:
        """Every cell with its state on a day: see ``frames.at``."""
        return frames.at(self, day)

    def between(self, start: Day, stop: Day) -> pd.DataFrame:
        """The changes on the days of ``[start, stop)``: see ``frames.between``."""
        return frames.between(self, start, stop)

    def fronts(self, day: Day, *, ruler_m: float = RULER_M) -> gpd.GeoDataFrame:
        """Front lines on a day by pair of sides, with length_km at a ruler: see ``frames.fronts``."""
        return frames.fronts(self, day, ruler_m=ruler_m)

    def territories(self, day: Day, *, by: str = "side") -> gpd.GeoDataFrame:
        """Territory of each actor and status on a day: see ``frames.territories``."""
        return frames.territories(self, day, by=by)

    def areas(self) -> pd.DataFrame:
        """Area in km2 by day, actor and status: see ``frames.areas``."""
        return frames.areas(self)

    def why(self, place: str, day: Day | None = None) -> Why:
        """Who holds a place, since when, by which events, from which sources: see ``why.why``."""
        return why(self, place, day)

    def lookup(
        self, table: pd.DataFrame, *, lon: str = "lon", lat: str = "lat", date: str = "date", front_km: bool = False
    ) -> pd.DataFrame:
        """Who held the point of each row of a table at the end of its day, by which event: see ``lookup.lookup``.

        Parameters
        ----------
        table : DataFrame or GeoDataFrame
        lon, lat, date : str
            Columns with degrees (WGS 84) and days; points of a GeoDataFrame come from its geometry.
        front_km : bool
            Whether to measure the distance to the nearest front line of the day as well.

        Returns
        -------
        DataFrame
            cell, place_id, holder, side, status, rival, event, since, observed, note, [front_km], with the index of
            ``table``.

        Raises
        ------
        KeyError, ValueError
            Where a column is missing, or values are no degrees or no days.
        """
        return lookup(self, table, lon=lon, lat=lat, date=date, front_km=front_km)

    def probabilities(
        self, day: Day, on: Partition | float = surfaces.RESOLUTION_M, *, estimator: Estimator | str | None = None
    ) -> xr.Dataset:
        """Probability of each side in each cell or square on a day: see ``surfaces.probabilities``."""
        return surfaces.probabilities(self, day, on, _estimator(estimator))

    def surface(
        self, day: Day, on: Partition | float = surfaces.RESOLUTION_M, *, estimator: Estimator | str | None = None
    ) -> gpd.GeoDataFrame:
        """The likeliest side by area on a day, and where none is likely: see ``surfaces.surface``."""
        return surfaces.surface(self, day, on, _estimator(estimator))

    def evaluate(
        self,
        on: Day | Iterable[Day] | None = None,
        *,
        reference: gpd.GeoDataFrame | str | os.PathLike[str] | None = None,
        estimator: Estimator | str | None = None,
        resolution_m: float = 1000.0,
    ) -> Evaluation:
        """Accuracy of the map next to naive baselines: see ``evaluate``. ``reference`` may be a GeoJSON file."""
        if isinstance(reference, str | os.PathLike):
            shapes, properties = geojson.read(Path(reference))
            reference = gpd.GeoDataFrame(properties, geometry=shapes, crs=LONLAT)
        chosen = _estimator(estimator)
        return evaluate(self, on, reference=reference, estimator=chosen, resolution_m=resolution_m)

    def gains(self, start: Day, stop: Day, *, by: By = "side") -> pd.DataFrame:
        """Gain/loss matrix between two days, km2: see ``measures.turnover.gains``."""
        from territory.measures import turnover

        return turnover.gains(self, start, stop, by=by)

    def route(
        self,
        start: Stop,
        goal: Stop,
        *,
        actor: str,
        on: Day,
        allies: Sequence[str] = (),
        contested: bool = False,
        road_rule: RoadRule | None = None,
    ) -> Way:
        """The route of an actor over its own ground on a day, if any: see ``measures.routes.route``."""
        from territory.measures import routes  # networkx takes a while to import

        return routes.route(
            self, start, goal, actor=actor, on=on, allies=allies, contested=contested, road_rule=road_rule
        )

    def to_xarray(self) -> xr.Dataset:
        """Time by cell, with CF flags: see ``cube.cells``."""
        return cube.cells(self)

    def plot(self, on: Day, *, ax: Axes | None = None) -> Axes:
        """Draw the map of a day on matplotlib axes, in the colours of the page.

        Needs ``pip install 'territory[plots]'``.

        Parameters
        ----------
        on : date, str or datetime64
        ax : matplotlib.axes.Axes, optional
            By default those of a new figure, with a title, areas in km2 and the line of sources.

        Returns
        -------
        matplotlib.axes.Axes
            Degrees, with the aspect of the middle of the map.

        Raises
        ------
        OutsidePeriod, MissingExtra
        """
        from territory.plots.map_of_day import draw_map, map_of_day  # matplotlib is an extra

        return map_of_day(self, on).axes[0] if ax is None else draw_map(ax, self, on)

    def to_html(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        lang: str | None = None,
        tiles: str | None = None,
        tiles_credit: str = "",
    ) -> str | Path:
        """The animated map as one HTML file.

        Parameters
        ----------
        path : str or path, optional
            Where to write it; without one the page is returned as text.
        lang : str, optional
            Language in which it opens, one of ``campaign.languages``; by default the main one.
        tiles : str, optional
            Template of online tiles, as ``https://tiles.example.org/{z}/{x}/{y}.png``. Without it the page makes no
            request; with it the host of the tiles learns who looks at which part of the map.
        tiles_credit : str
            Attribution that the tiles' terms require; shown at the foot of the page.
        """
        text = page.html(self, lang=lang, tiles=tiles, tiles_credit=tiles_credit)
        return text if path is None else write_file(path, text)

    def to_svg(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        on: Day | None = None,
        width: float = 900,
        lang: str | None = None,
    ) -> str | Path:
        """The map of one day as SVG, for print and slides: see ``render.still.svg``.

        Parameters
        ----------
        path : str or path, optional
            Where to write it; without one the drawing is returned as text.
        on : date, str or datetime64, optional
            By default the key day of the campaign.
        width : float
            Points.
        lang : str, optional
            One of ``campaign.languages``; by default the main one.
        """
        text = still.svg(self, on or self.campaign.key_day or self.first_day, width=width, lang=lang)
        return text if path is None else write_file(path, text)

    def explore(self, **options: object) -> folium.Map:
        """A ``folium.Map`` with the animated map as a layer beside which others can be added.

        Parameters
        ----------
        **options
            Passed to ``folium.Map``; no tiles are requested without ``tiles``.
        """
        from territory.render import layer  # folium takes half a second to import

        return layer.explore(self, **options)

    def _repr_html_(self) -> str:
        return iframe(page.html(self), title=self.campaign.title)


def _estimator(given: Estimator | str | None) -> Estimator | None:
    """An estimator from the name of its method, with default parameters; others pass through."""
    return Estimator(given) if isinstance(given, str) else given  # type: ignore[arg-type]  # checked by Estimator


def open(name: str | os.PathLike[str] = "idlib-2015") -> Timeline:  # noqa: A001  # territory.open reads as it should
    """Read a campaign folder, build its partition, and fold its events.

    Parameters
    ----------
    name : str or path
        A folder with a campaign.toml, or the id of a campaign that comes with the package.

    Returns
    -------
    Timeline

    Raises
    ------
    TerritoryError
        Every fault of campaign.toml's actors, or of all three tables, with file, line and what to do.
    """
    with gc_paused():
        return fold(*build_partition(campaign_folder.read(Path(name))), kind=Timeline)
