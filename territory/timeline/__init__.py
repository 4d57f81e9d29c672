"""Time: events folded over the cells of a partition into a list of changes, and what is read off it."""
