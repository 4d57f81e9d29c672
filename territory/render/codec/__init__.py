"""The data block of a page: a timeline as plain values, and those values as few bytes."""
