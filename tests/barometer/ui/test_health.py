"""What an operator and a monitor are told: /health, /status, /metrics."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from barometer import wording
from barometer.runs import STATUS_FILE
from barometer.ui.document import Site
from etl.session import record_status
from tests.server import serving
from tests.snapshots import SNAPSHOT_ID


@pytest.fixture
def published(data_dir: Path):
    yield data_dir / "published"
    (data_dir / "published" / STATUS_FILE).unlink(missing_ok=True)


def ended(folder: Path, code: int, message: str) -> None:
    started = datetime.now(UTC) - timedelta(seconds=90)
    record_status(folder, command="refresh", started=started, exit_code=code, message=message)


def metrics(client: FlaskClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def fact(found: dict[tuple[str, tuple[tuple[str, str], ...]], float], name: str) -> float:
    return found[f"barometer_{name}", ()]


def test_health_tells_age_last_run_and_last_error(client: FlaskClient, published: Path) -> None:
    before = client.get("/health").get_json()
    assert (before["status"], before["last_run"]) == ("ok", None)
    assert before["snapshot"] == SNAPSHOT_ID
    assert before["age_seconds"] > 0
    ended(published, 6, "SCB does not answer")
    failing = client.get("/health")
    assert failing.status_code == 200  # figures are served all the same
    assert failing.get_json()["status"] == "degraded"
    assert failing.get_json()["last_error"]["message"] == "SCB does not answer"
    ended(published, 0, "done")
    mended = client.get("/health").get_json()
    assert (mended["status"], mended["last_run"]["exit_code"]) == ("ok", 0)
    assert mended["last_error"]["exit_code"] == 6


def test_the_status_page_says_it_in_words(client: FlaskClient, published: Path) -> None:
    assert "Senaste körning</dt><dd>ingen" in client.get("/status").text
    ended(published, 6, "SCB svarar <inte>")
    swedish, english = client.get("/status").text, client.get("/status?lang=en").text
    assert '<html lang="sv">' in swedish
    assert '<html lang="en">' in english
    assert '@font-face{font-family:"' in swedish
    assert SNAPSHOT_ID in swedish
    assert wording.synthetic_banner("sv") in swedish
    assert "Hämtning, bygge och publicering, avbruten" in swedish
    assert "Programmets besked, på engelska: SCB svarar &lt;inte&gt;" in swedish
    assert "Fetch, build and publish, ended" in english
    ended(published, 0, "done")
    assert "done" not in client.get("/status").text


def test_metrics_are_facts_about_snapshot_and_runs(client: FlaskClient, published: Path) -> None:
    found = metrics(client)
    assert (fact(found, "snapshot_up"), fact(found, "pointer_fault")) == (1, 0)
    assert fact(found, "snapshots_kept") == 1
    assert ("barometer_last_run_exit_code", ()) not in found
    names = {dict(labels).get("snapshot_id") for name, labels in found if "snapshot_info" in name}
    assert names == {SNAPSHOT_ID}
    ended(published, 4, "broken")
    found = metrics(client)
    assert fact(found, "last_run_exit_code") == fact(found, "last_error_exit_code") == 4
    assert fact(found, "last_run_seconds") == pytest.approx(90, abs=5)


def test_requests_are_counted_by_route(client: FlaskClient) -> None:
    def counted(route: str, status: str) -> float:
        return sum(
            value
            for (name, labels), value in metrics(client).items()
            if name == "barometer_requests_total"
            and {"route": route, "status": status}.items() <= dict(labels).items()
        )

    before = counted("/health", "200"), counted("/areas/<name>.json", "404")
    client.get("/health")
    client.get("/areas/nowhere.json")
    client.get("/areas/elsewhere.json")
    after = counted("/health", "200"), counted("/areas/<name>.json", "404")
    assert (after[0] - before[0], after[1] - before[1]) == (1, 2)


@pytest.mark.slow
def test_a_scrape_tells_of_the_requests_of_all_workers(data_dir: Path) -> None:
    """Every scrape, whichever worker it meets."""
    with serving(data_dir, workers=2) as address:

        def ask(path: str) -> str:
            return httpx.get(f"{address}{path}", trust_env=False, timeout=30).text

        def counted() -> float:
            return sum(
                sample.value
                for family in text_string_to_metric_families(ask("/metrics"))
                for sample in family.samples
                if sample.name in ("barometer_requests_total", "barometer_request_seconds_count")
                and sample.labels["route"] == "/health"
            )

        before = counted()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(ask, ["/health"] * 60))
        assert {counted() for _ in range(16)} == {before + 2 * 60}


def test_without_a_snapshot_an_operator_is_told_still(empty_site: Site) -> None:
    client = empty_site.server.test_client()
    assert client.get("/health").status_code == 503
    assert fact(metrics(client), "snapshot_up") == 0
    page = client.get("/status")
    assert page.status_code == 200
    assert "make refresh" in page.text


def test_status_tells_what_is_wrong_with_the_operators_files(
    client: FlaskClient, data_dir: Path
) -> None:
    """Their names count in any case, as on systems that tell none apart."""
    assert "Egna filer" not in client.get("/status").text
    groups, register = data_dir / "Peers.toml", data_dir / "efforts.CSV"
    groups.write_text('[sju]\nname_sv = "Våra sju"\n', encoding="utf-8")
    register.write_text("vad;när\n", encoding="utf-8")
    try:
        told = client.get("/status").text
    finally:
        groups.unlink()
        register.unlink()
    assert "Peers.toml: [sju] is not offered: it needs areas" in told
    assert "efforts.CSV: the first row lacks areas, start" in told
