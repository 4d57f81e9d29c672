"""Records, the evidence: actors, places, sources and events of a campaign as typed values. No file, no map."""
