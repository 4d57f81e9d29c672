"""Space: the topology of a coverage, and what is derived from it by filters over arcs. Nothing here knows a date."""
