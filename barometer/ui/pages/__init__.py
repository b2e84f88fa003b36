"""The site's pages: a folder each, and a line in PAGES (`barometer.ui.factory`)."""

from barometer.ui.base.page import Layout, Page

__all__ = ["Layout", "Page"]
