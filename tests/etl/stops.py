"""Runs of the pipeline in processes of their own that die, or run out of disk, where told.

Run as a script it loads the pipeline once and forks a process for each line of its input, a JSON
array: catalogue, stop or null, file limit or null, arguments. It answers with the exit code.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass
from functools import cache, reduce
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Stop:
    """A moment: before or after the nth call of what `place` names ("module:Class.function")."""

    place: str
    nth: int = 1
    after: bool = False


def killed_at(stop, *arguments, catalogue):
    """Run a command that is killed with SIGKILL at a stop; -9 when it came so far."""
    return _ask(catalogue, asdict(stop), None, arguments)


def run_with_file_limit(size, *arguments, catalogue):
    """Run a command that may write no file beyond `size` bytes; its exit code."""
    return _ask(catalogue, None, size, arguments)


def run_apart(*arguments, catalogue):
    """Run a command in a process of its own; its exit code."""
    return _ask(catalogue, None, None, arguments)


def _ask(catalogue, stop, size, arguments):
    script = _script()
    line = json.dumps([str(catalogue), stop, size, [*map(str, arguments)]])
    script.stdin.write(line + "\n")
    script.stdin.flush()
    return int(script.stdout.readline())


@cache
def _script():
    """One for all tests of a process: loading the pipeline takes longer than running it."""
    return subprocess.Popen(
        [sys.executable, __file__],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _serve():
    sys.path[:0] = [str(ROOT), str(HERE)]
    for name in ("tiny_country", "etl.run", "etl.geodata.service", "etl.__main__"):
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(*json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(catalogue, stop, size, arguments):
    run_pipeline = importlib.import_module("tiny_country").run_pipeline
    if stop:
        _die_at(Stop(**stop))
    if size:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    code = 99
    try:
        ran = run_pipeline(*arguments, catalogue=catalogue)
        code = ran.code
        sys.stderr.write(ran.said)
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def _die_at(stop):
    module, _, path = stop.place.partition(":")
    *owners, name = path.split(".")
    owner = reduce(getattr, owners, importlib.import_module(module))
    setattr(owner, name, _deadly(getattr(owner, name), stop))


def _deadly(function, stop):
    calls = 0

    def dying(*arguments, **named):
        nonlocal calls
        calls += 1
        mine = calls
        if mine == stop.nth and not stop.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **named)
        if mine == stop.nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return dying


if __name__ == "__main__":
    _serve()
