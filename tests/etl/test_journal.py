import json
import logging
import resource
import subprocess
import sys

import pytest

from etl.journal import LOG_FILE, log_event, open_log


def lines(folder, name=LOG_FILE):
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def test_events_become_lines_with_their_fields(tmp_path):
    with open_log(tmp_path, run="r1"):
        log_event("fetched", table="TAB6574", cells=12)
        log_event("stopped", level=logging.ERROR, message="SCB svarar inte")
    first, second = lines(tmp_path)
    assert first.pop("at").endswith("+00:00")
    assert first == {
        "level": "info",
        "event": "fetched",
        "run": "r1",
        "table": "TAB6574",
        "cells": 12,
    }
    assert (second["level"], second["message"]) == ("error", "SCB svarar inte")


def test_calls_of_httpx_are_logged_too(tmp_path):
    with open_log(tmp_path, run="r1"):
        logging.getLogger("httpx").info("HTTP Request: %s", "GET /config")
    (line,) = lines(tmp_path)
    assert (line["event"], line["logger"]) == ("HTTP Request: GET /config", "httpx")


def test_nothing_is_logged_after_the_run(tmp_path):
    level = logging.getLogger("httpx").level
    with open_log(tmp_path, run="r1"):
        pass
    log_event("late")
    assert lines(tmp_path) == []
    assert logging.getLogger("httpx").level == level


def test_a_full_file_makes_room_and_the_oldest_goes(tmp_path):
    with open_log(tmp_path, run="r1", bytes_a_file=300):
        for n in range(40):
            log_event("step", n=n)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [LOG_FILE, *(f"{LOG_FILE}.{n}" for n in range(1, 6))]
    kept = [line["n"] for n in (5, 4, 3, 2, 1) for line in lines(tmp_path, f"{LOG_FILE}.{n}")]
    kept += [line["n"] for line in lines(tmp_path)]
    assert kept == list(range(kept[0], 40))
    assert kept[0] > 0


def test_a_folder_that_cannot_be_made_stops_no_run(tmp_path):
    (tmp_path / "logs").write_text("a file in the way")
    with open_log(tmp_path / "logs", run="r1"):
        log_event("fetched")


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.mark.parametrize("limited", [True, False])
def test_a_full_disk_costs_lines_only(tmp_path, limited):
    code = (
        "import pathlib, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from etl.journal import log_event, open_log\n"
        "with open_log(pathlib.Path(sys.argv[1]), run='r1'):\n"
        "    for n in range(9): log_event('step', n=n)\n"
        "print('done')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        preexec_fn=limit_files if limited else None,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("done\n", "")
    assert ((tmp_path / LOG_FILE).stat().st_size <= 100) == limited
