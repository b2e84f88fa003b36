"""The site as a WSGI application: `gunicorn app:server`, or better `python -m barometer serve`."""

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app

settings = Settings.from_env()
app = create_app(settings, Store(settings.published_dir), load_catalogue())
server = app.server
