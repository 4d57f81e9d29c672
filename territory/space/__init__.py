"""Space: the topology of a coverage, and what is derived from it. Nothing here knows a date."""
