"""The errors PxWebApi 2 answers with, by the titles and codes of its own source."""

from dataclasses import dataclass
from typing import Any

PROBLEM_TYPE = "Parameter error"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal; `status` is HTTP's, `inner` the one in the body, no title means no body."""

    title: str
    status: int = 400
    inner: int | None = None
    detail: str | None = None

    def body(self) -> dict[str, Any]:
        """The JSON of the answer; SCB leaves `detail` out for most titles."""
        inner = self.status if self.inner is None else self.inner
        body: dict[str, Any] = {"type": PROBLEM_TYPE, "title": self.title, "status": inner}
        return body if self.detail is None else body | {"detail": self.detail}


class RefusedError(Exception):
    """The call is answered with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


NO_VARIABLE = Problem("Non-existent variable")
NO_CODE_LIST = Problem("Non-existent codelist")
NO_VALUE = Problem("Non-existent value")
MISSING_SELECTION = Problem("Missing selection for mandantory variable")  # spelt so by the server
ILLEGAL_EXPRESSION = Problem("Illegal selection expression")
UNSUPPORTED_FORMAT = Problem("Unsupported output format", detail="Unsupported output format")
UNSUPPORTED_LANGUAGE = Problem("Unsupported language")
TOO_MANY_CELLS = Problem("Too many cells selected", detail="Too many cells selected")
NO_TABLE = Problem("Non-existent table", status=404)
NO_PAGE = Problem("Non-existent page", status=404, detail="Non-existent page")
LOST_CODE_LIST = Problem("Non-existent codelist", status=404)
REPEATED_CODE = Problem("", status=500)  # the server breaks down: 500 and an empty body
UNREADABLE_BODY = Problem("One or more validation errors occurred.")
