import os
import signal
import subprocess
import sys
import time

import pytest

from etl.workers import open_workers

MANY = 10**9


def test_little_work_is_done_here_and_much_elsewhere():
    with open_workers(cells=10) as workers:
        assert workers.submit(os.getpid).result() == os.getpid()
    with open_workers(cells=MANY) as workers:
        assert workers.submit(os.getpid).result() != os.getpid()


@pytest.mark.parametrize("cells", [10, MANY])
def test_a_failure_is_the_callers(cells):
    with open_workers(cells=cells) as workers, pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result()


def test_workers_die_with_a_run_that_is_killed():
    script = (
        "import os, time\nfrom etl.workers import open_workers\n"
        "if __name__ == '__main__':\n"
        f"    with open_workers(cells={MANY}) as workers:\n"
        "        print(workers.submit(os.getpid).result(), flush=True)\n"
        "        time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        worker = int(run.stdout.readline())
        assert is_alive(worker)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert any(not is_alive(worker) for _ in range(200) if time.sleep(0.05) is None)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended but that nobody asked about does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")
