"""The player as a layer of a folium map.

folium and branca evaluate braces in their input, so everything is passed as base64.
"""

from __future__ import annotations

import base64
from typing import Any

import folium
from jinja2 import Template

from territory.render.codec import encode, payload
from territory.render.codec.writer import script_safe_json
from territory.render.page import asset
from territory.timeline.base import BaseTimeline


class Player(folium.MacroElement):
    """folium element that draws the animated map on a ``folium.Map``, with its own controls.

    Parameters
    ----------
    timeline : BaseTimeline
    controls : bool
        Without them only the map is drawn, for a second player on the same map.
    lang : str, optional
        One of ``campaign.languages``; by default the main one.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <link rel="stylesheet" href="data:text/css;base64,{{ this.style }}"/>
        <script src="data:text/javascript;base64,{{ this.player }}"></script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        territoryPlayer.attach({{ this._parent.get_name() }}, atob("{{ this.data }}"), {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(self, timeline: BaseTimeline, *, controls: bool = True, lang: str | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca ships no types
        self._name = "TerritoryPlayer"
        self.options = script_safe_json({"controls": controls, "lang": timeline.campaign.words(lang).tag})
        self.style = _base64(asset("layer.css"))
        self.player = _base64(asset("layer.js"))
        self.data = _base64(encode.dumps(payload.build(timeline)))


def explore(timeline: BaseTimeline, **options: Any) -> folium.Map:  # Any: whatever folium.Map takes
    """A folium map with the player as a layer, fitted to the campaign's extent.

    Parameters
    ----------
    timeline : Timeline
    **options
        For ``folium.Map``. Without ``tiles`` no tiles are requested; folium's own page still loads Leaflet from the
        network, so for an offline map use ``to_html``.
    """
    west, south, east, north = timeline.campaign.extent
    shown = folium.Map(**{"tiles": None, "zoom_control": True, **options})
    shown.fit_bounds([[south, west], [north, east]])
    Player(timeline).add_to(shown)
    return shown


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
