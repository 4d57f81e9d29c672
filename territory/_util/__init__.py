"""Helpers shared by all rooms: lazy imports, atomic writes, ragged arrays, exact sums, optional packages."""
