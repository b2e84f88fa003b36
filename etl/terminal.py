"""How a run looks: progress bars on a terminal, plain lines in a log."""

import time
from threading import Lock
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed

from barometer.runs import printable
from etl.fetch.collection import FetchPlan
from etl.journal import log_event
from etl.workers import peak_memory_mb

_WIDTH: Final = 22


class Terminal:
    """Hears the steps of a run from any thread and shows them; use as a context."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}
        self._steps: dict[str, int] = {}
        self._logged: set[str] = set()
        self._calls = 0
        self._lock = Lock()
        self._begin = time.monotonic()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            label, steps = TextColumn("{task.description}"), MofNCompleteColumn()
            self._bars = Progress(label, BarColumn(), steps, Elapsed(), console=self._console)
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars:
            self._bars.stop()

    def say(self, text: str) -> None:
        """A line that stays, on the screen and in the log."""
        log_event("said", text=text)
        self._console.print(printable(text), markup=False)

    def stage(self, name: str, done: int, of: int) -> None:
        """A stage has come to `done` of `of` steps."""
        with self._lock:
            self._started.setdefault(name, time.monotonic())
            self._log_stage(name, done, of)
            if self._bars:
                self._draw(self._bars, name, done, of)
            elif done >= of and name not in self._tasks:
                self._tasks[name] = TaskID(0)
                line = f"{name:<{_WIDTH}} {of:>7,}  {self._seconds(name):7.1f} s"
                self._console.print(line, markup=False)

    def megabytes(self, come: int, of: int) -> None:
        """So many bytes of a file have come."""
        self.stage("megabytes", come // 10**6, of // 10**6)

    def surveyed(self, *, table_id: str, n_tables: int) -> None:  # noqa: ARG002 - the protocol's
        """One table's metadata has been compared with the catalogue."""
        self._step("tables compared", of=n_tables)

    def planned(self, *, calls: int, cells: int, unchanged: int) -> None:
        """All calls are known."""
        self._calls = calls
        self.say(
            f"{calls:,} calls to make ({cells:,} cells), {unchanged:,} answers kept from before"
        )
        if calls:
            self.stage("answers", 0, calls)

    def arrived(self, *, table_id: str, cells: int) -> None:  # noqa: ARG002 - the protocol's
        """One answer is kept."""
        self._step("answers", of=self._calls)

    def noted(self, message: str) -> None:
        """News about a table that stops nothing."""
        self.say(f"note: {message}")

    def print_plan(self, plan: FetchPlan) -> None:
        """What a fetch would do."""
        for table in plan.tables:
            self.say(
                f"{table.table_id}  {table.calls:5,} calls  {table.cells:10,} cells  "
                f"{table.kept:5,} answers kept"
            )
        self.say(f"{plan.calls:,} calls, {plan.cells:,} cells, at least {plan.minutes:.1f} minutes")

    def sum_up(self) -> None:
        """Time and peak memory of the whole run."""
        minutes, seconds = divmod(time.monotonic() - self._begin, 60)
        memory = f"at most {peak_memory_mb():,.0f} MB of memory in the main process"
        self.say(f"{minutes:.0f} min {seconds:.0f} s, {memory}")

    def _step(self, name: str, *, of: int) -> None:
        with self._lock:
            self._steps[name] = done = min(self._steps.get(name, 0) + 1, of)
        self.stage(name, done, of)

    def _log_stage(self, name: str, done: int, of: int) -> None:
        if done >= of and name not in self._logged:
            self._logged.add(name)
            log_event("stage", name=name, steps=of, seconds=round(self._seconds(name), 1))

    def _draw(self, bars: Progress, name: str, done: int, of: int) -> None:
        if name not in self._tasks:
            self._tasks[name] = bars.add_task(f"{name:<{_WIDTH}}", total=of)
        bars.update(self._tasks[name], completed=done, total=of)

    def _seconds(self, name: str) -> float:
        return time.monotonic() - self._started[name]
