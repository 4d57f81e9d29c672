"""Space: partition of the ground into cells, its arc-node topology, fronts, rings, areas and weights."""
