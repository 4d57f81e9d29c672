"""A page inside another page: an iframe that can run its own script and reach nothing around it."""

from __future__ import annotations

from html import escape


def iframe(page: str, *, height_px: int = 640, title: str = "Map of territorial control") -> str:
    """A page as a sandboxed iframe with the page in it.

    ``allow-scripts`` without ``allow-same-origin``: the map runs, but can neither read nor change the notebook
    around it.
    """
    return (
        f'<iframe sandbox="allow-scripts" title="{escape(title)}" srcdoc="{escape(page)}" '
        f'style="width:100%;height:{height_px}px;border:0"></iframe>'
    )
