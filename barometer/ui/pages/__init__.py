"""The site's pages: a folder each, and a line in PAGES (`barometer.ui.factory`)."""
