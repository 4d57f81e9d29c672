"""Readers: files in, typed values out; every fault of a file is reported at once. One format a file."""
