"""What an operator's Prometheus reads at /metrics."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as PLAIN
from prometheus_client.multiprocess import MultiProcessCollector

from barometer.pointer import published_snapshots
from barometer.runs import Run, read_status
from barometer.snapshot import Snapshot
from barometer.store import NoSnapshotError
from barometer.ui.context import Context
from barometer.ui.limits import is_loopback

_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0)


def register(server: Flask, context: Context) -> None:
    """Add /metrics, and count every request.

    Facts about snapshots and runs are gauges read from the files. Requests are those of all
    workers together, whichever of them is asked; those of one that has ended count still.
    """
    own, registry = CollectorRegistry(), CollectorRegistry()
    registry.register(_Facts(context))
    if (together := context.settings.counts_dir) is None:
        registry.register(own)
    else:
        MultiProcessCollector(registry, path=str(together))
    labels = ("route", "status")
    counted = Counter("barometer_requests", "Requests answered.", labels, registry=own)
    timed = Histogram(
        "barometer_request_seconds",
        "Time from request to answer.",
        labels[:1],
        registry=own,
        buckets=_BUCKETS,
    )

    def begin() -> None:
        g.began = time.perf_counter()

    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        counted.labels(route, str(response.status_code)).inc()
        timed.labels(route).observe(time.perf_counter() - g.get("began", 0))
        return response

    def metrics() -> Response:
        if not (context.settings.open_metrics or is_loopback(request.remote_addr)):
            return Response("/metrics answers this machine only: see METRICS\n", 403)
        answer = Response(generate_latest(registry), content_type=PLAIN)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    server.before_request(begin)
    server.after_request(count)
    server.add_url_rule("/metrics", "metrics", metrics)


class _Facts:
    """The state of snapshots and pipeline at the moment of asking."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def collect(self) -> Iterator[Metric]:
        """Every fact that there is."""
        folder = self._context.settings.published_dir
        snapshot = _snapshot(self._context)
        yield _gauge("snapshot_up", "Whether a snapshot is served.", float(snapshot is not None))
        fault = self._context.store.fault is not None
        yield _gauge("pointer_fault", "Whether the pointer cannot be followed.", float(fault))
        if snapshot is not None:
            yield from _about(snapshot)
        yield from _stored(folder)
        status = read_status(folder)
        if status.last_run:
            yield from _ended("last_run", status.last_run)
        if status.last_success:
            yield from _ended("last_success", status.last_success)
        if status.last_error:
            yield from _ended("last_error", status.last_error)


def _about(snapshot: Snapshot) -> Iterator[Metric]:
    yield InfoMetricFamily(
        "barometer_snapshot",
        "The snapshot that is served.",
        {
            "snapshot_id": snapshot.snapshot_id,
            "origin": snapshot.origin,
            "code_version": snapshot.code_version,
        },
    )
    built = snapshot.built_at.timestamp()
    yield _gauge("snapshot_built_timestamp_seconds", "When it was built.", built)
    lacking = float(len(snapshot.lacking))
    yield _gauge("snapshot_lacking", "What the server of a partial build lacked.", lacking)


def _stored(folder: Path) -> Iterator[Metric]:
    kept = published_snapshots(folder)
    size = float(sum(_size_of(path) for path in kept))
    yield _gauge("snapshots_kept", "Published snapshots.", float(len(kept)))
    yield _gauge("snapshots_bytes", "Their size.", size)


def _size_of(path: Path) -> int:
    """The size of a file, which may be removed meanwhile."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _ended(name: str, run: Run) -> Iterator[Metric]:
    """A run's end, whichever command it was."""
    ended = run.ended_at.timestamp()
    yield _gauge(f"{name}_timestamp_seconds", "When that run of the pipeline ended.", ended)
    yield _gauge(f"{name}_seconds", "How long it took.", run.seconds)
    yield _gauge(f"{name}_exit_code", "How it ended: 0 is well.", float(run.exit_code))


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"barometer_{name}", meaning, value)


def _snapshot(context: Context) -> Snapshot | None:
    try:
        with context.store.reader() as reader:
            return reader.snapshot
    except NoSnapshotError:
        return None
