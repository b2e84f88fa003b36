"""What can go wrong between SCB and a snapshot, one class per remedy."""


class PipelineError(Exception):
    """Anything that stops a run; the message names the thing, the place and the next step."""


class CatalogueMismatchError(PipelineError):
    """The catalogue asks for something that SCB's metadata lacks: edit the catalogue."""


class ContractViolatedError(PipelineError):
    """The candidate breaks data contracts; the published snapshot stays."""


class SourceUnavailableError(PipelineError):
    """SCB did not give a usable answer within the allowed attempts: run again later."""


class NetworkRefusedError(SourceUnavailableError):
    """Something between this machine and SCB answered instead: a firewall, a proxy, a login."""


class ReleaseChangedError(PipelineError):
    """SCB has published the table while it was read: read it again from the start."""


class RequestRefusedError(PipelineError):
    """SCB refused the call (4xx other than 429): the request itself must change."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


class TooManyCellsError(RequestRefusedError):
    """The selection is over the server's cell limit: split it further."""


class TableMissingError(RequestRefusedError):
    """The server has no such table."""


class BronzeDamagedError(PipelineError):
    """A kept answer no longer matches its checksum: fetch it again."""
