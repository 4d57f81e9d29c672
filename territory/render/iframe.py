"""Wrap a page in a sandboxed iframe for notebooks."""

from __future__ import annotations

from html import escape


def iframe(page: str, *, title: str, height_px: int = 640) -> str:
    """HTML of a sandboxed iframe with the page in its ``srcdoc``.

    ``allow-scripts`` without ``allow-same-origin``: the map runs, but can neither read nor change the notebook.

    Parameters
    ----------
    page : str
        HTML.
    title : str
        For screen readers.
    height_px : int
    """
    return (
        f'<iframe sandbox="allow-scripts" title="{escape(title)}" srcdoc="{escape(page)}" '
        f'style="width:100%;height:{height_px}px;border:0"></iframe>'
    )
