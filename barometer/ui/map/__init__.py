"""The parts of the map page's view: what the controls offer, and how the map is painted."""
