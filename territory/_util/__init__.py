"""Helpers shared by all rooms: lazy imports, atomic writes, ragged arrays, exact sums, extras, the version."""
