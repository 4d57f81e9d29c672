"""Doors: the only room that opens files.

Readers turn them into typed values and tell all faults at once; writers write whole or not at all.
"""
