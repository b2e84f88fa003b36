"""What can go wrong between SCB and a snapshot, one class per remedy."""


class PipelineError(Exception):
    """Anything that stops a run; the message names the thing, the place and the next step."""


class CatalogueMismatch(PipelineError):
    """The catalogue asks for something that SCB's metadata lacks: edit the catalogue."""


class SourceUnavailable(PipelineError):
    """SCB did not give a usable answer within the allowed attempts: run again later."""


class RequestRefused(PipelineError):
    """SCB refused the call (4xx other than 429): the request itself must change."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


class TooManyCells(RequestRefused):
    """The selection is over the server's cell limit: split it further."""


class TableMissing(RequestRefused):
    """The server has no such table."""


class BronzeDamaged(PipelineError):
    """A kept answer no longer matches its checksum: fetch it again."""
