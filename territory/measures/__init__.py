"""Numbers about a timeline: areas, turnover, lines, pockets, routes, distances, durations, transitions, people.

Each file is one noun, and each function takes a timeline and gives a frame whose columns name their units. Terms and
formulae are those of front-line analytics; every docstring says which one it is. State "on a day" is the state at its
end. Areas and lengths are geodesic sums over cells and arcs, never measured on a picture.
"""
