"""Readers: files in, typed values out, all faults at once. One format a file."""
