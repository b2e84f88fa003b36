"""The lägesbild of a place as a briefing: what Word documents and slides are written from."""

from barometer.ui.pages.place.briefing.chapters import briefing

__all__ = ["briefing"]
