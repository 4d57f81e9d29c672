"""Numbers about a timeline, one noun a file: areas, turnover, front lines, pockets, routes, people and more.

Each function takes a timeline and gives a frame whose columns name their units. Terms and
formulae are those of front-line analytics; every docstring says which one it is. State "on a day" is the state at its
end. Areas and lengths are geodesic sums over cells and arcs, never measured on a picture.
"""
