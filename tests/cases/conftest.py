"""The tiny country and its site."""

from tests.barometer.ui.conftest import client, context, data_dir, site

__all__ = ["client", "context", "data_dir", "site"]
