"""Fold events over the cells of a partition into a list of changes; read states, series and histories off that list."""
