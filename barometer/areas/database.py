"""What own areas are computed with: the pipeline's connection or a reader's cursor."""

from typing import Any, Protocol


class Database(Protocol):
    """What is asked: a connection or a cursor."""

    def execute(self, query: Any, parameters: Any = None, /) -> Any:
        """Run a statement."""
