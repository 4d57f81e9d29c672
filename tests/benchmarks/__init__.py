"""Benches of territory against today's tools; see bench.py."""
