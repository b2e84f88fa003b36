"""Which providers beside SCB are asked, and where: SCB's client and theirs as one."""

from collections.abc import Iterable, Mapping

from barometer.catalogue import Catalogue
from etl.errors import PipelineError
from etl.fetch.scb import Client
from etl.providers.archive import Archive
from etl.providers.kolada import KOLADA_API, Kolada
from etl.providers.provider import Provider, Providers
from etl.providers.pxweb1 import PxWeb1


class ProviderError(PipelineError):
    """The address of a provider cannot be understood: write it otherwise."""


def connect_all(
    scb: Client,
    catalogue: Catalogue,
    *,
    archive: Archive,
    addresses: Mapping[str, str],
) -> Providers:
    """SCB's client and those of the providers beside it that have an address."""
    provider_of = {key: source.provider for key, source in catalogue.sources.items()}
    beside: dict[str, Provider] = {}
    if "kolada" in addresses:
        own = {key: s for key, s in catalogue.sources.items() if s.provider == "kolada"}
        beside["kolada"] = Kolada.connect(own, base_url=addresses["kolada"], archive=archive)
    if "pxweb1" in addresses:
        own = {key: s for key, s in catalogue.sources.items() if s.provider == "pxweb1"}
        beside["pxweb1"] = PxWeb1.connect(own, archive=archive)
    return Providers(scb, beside, provider_of)


def addresses_of(given: Iterable[str], *, live: bool) -> dict[str, str]:
    """Where each provider beside SCB is asked, of "kolada=https://…" or "kolada=none".

    With `live`, as for SCB's own figures, those are asked that are not told otherwise.

    Raises:
        ProviderError: one cannot be understood.
    """
    known = {"kolada": KOLADA_API, "pxweb1": ""}
    asked = dict(known) if live else {}
    for text in given:
        name, equals, address = text.partition("=")
        if name not in known or not equals or not address:
            raise ProviderError(
                f"--provider {text!r} is not understood: write one of "
                f"{', '.join(known)} with an address, such as kolada={KOLADA_API}, or =none"
            )
        asked.pop(name, None)
        if address != "none":
            asked[name] = address
    return asked
