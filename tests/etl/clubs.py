"""Own figures that a kommun puts beside its data, and a site that shows what came of them."""

from typing import Any, Final

from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app

CLUBS: Final = """
sector = "skola"
name = { sv = "Går i föreningar", en = "Belong to clubs" }
definition = { sv = "Andel av de unga.", en = "Share of young people." }
population = { sv = "Unga", en = "Young people" }
unit = "percent"
group = { sv = "unga i föreningar", en = "young people in clubs" }
rest = { sv = "övriga unga", en = "other young people" }
agency = "Exempelstads kommun"
licence = "CC BY 4.0"
"""


def client(built: Any) -> FlaskClient:
    """What a browser has of a built site."""
    settings = Settings(built.data_dir, "127.0.0.1", 8050, 1, "")
    app = create_app(settings, Store(settings.published_dir), load_catalogue(built.catalogue))
    return app.server.test_client()
