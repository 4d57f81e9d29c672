"""Readers of campaign files, one format a module; each reports all faults of a file at once."""
