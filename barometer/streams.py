"""Standard output and standard error of a program: what cannot be written is no traceback.

A failure on standard output ends the program with a sentence; where whoever reads has seen enough,
as in `… | head`, in silence and as the system's own programs end. A failure on standard error ends
nothing, for there is nobody to tell.
"""

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FAILED: Final = 1
CLOSED_PIPE: Final = 141  # what a shell calls the end by SIGPIPE
_INPUT, _OUTPUT, _ERROR = range(3)


class OutputError(Exception):
    """Standard output takes no more."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"standard output cannot be written ({error.strerror}): name a file that can be, or "
            "make room, and run the same command again"
        )
        self.code = CLOSED_PIPE if isinstance(error, BrokenPipeError) else FAILED


def run_program(main: Callable[[], object]) -> NoReturn:
    """Run a program with streams that can fail, and exit with what it returns."""
    _open_closed()
    sys.stdout = _text(_Output(_OUTPUT, "wb", closefd=False), like=sys.stdout)
    sys.stderr = _text(_Errors(_ERROR, "wb", closefd=False), like=sys.stderr)
    try:
        try:
            code = main()
        finally:
            sys.stdout.flush()
    except OutputError as error:
        if error.code == FAILED:
            print(f"error: {error}", file=sys.stderr)
        sys.exit(error.code)
    sys.exit(code if isinstance(code, int) else 0)


class _Output(io.FileIO):
    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            _discard(_OUTPUT)  # what is still in buffers goes nowhere, also at exit
            raise OutputError(error) from error


class _Errors(io.FileIO):
    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError:
            _discard(_ERROR)
            return memoryview(data).nbytes


def _text(raw: io.FileIO, *, like: object) -> io.TextIOWrapper:
    """Text to a stream, in the encoding that it had; letters that it lacks are written as codes."""
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=getattr(like, "encoding", None),
        errors="backslashreplace",
        line_buffering=raw.isatty() or raw.fileno() == _ERROR,
    )


def _open_closed() -> None:
    """Give streams that are closed (`>&-`) a file that takes nothing, before another file does."""
    for stream in (_INPUT, _OUTPUT, _ERROR):
        try:
            os.fstat(stream)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDONLY), True)


def _discard(stream: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream)
    os.close(nowhere)
