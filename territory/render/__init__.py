"""Render a timeline: HTML page, SVG still, folium layer, notebook iframe; ``codec`` packs the payload of the page."""
