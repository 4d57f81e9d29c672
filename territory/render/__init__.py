"""Pictures of a timeline: the animated page and its data, stills, and the page as a layer of a folium map."""
