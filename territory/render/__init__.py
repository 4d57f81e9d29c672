"""Pictures of a timeline: the payload, the page that carries it, and the same player as a layer of a folium map."""
