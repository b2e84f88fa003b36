"""A run that dies at any point leaves what is served, and the next run goes on from there."""

import pytest
from stops import Stop, killed_at, run_with_file_limit

pytestmark = pytest.mark.slow

# Where a run dies, and how many of a release's six answers the next run may still ask for.
STOPS = {
    "amid metadata": (Stop("etl.fetch.bronze:Bronze.put", nth=2), 6),
    # three answers are on their way
    "before an answer is written": (Stop("etl.fetch.bronze:Bronze.put", nth=8), 4),
    "between an answer and its line": (Stop("etl.fetch.bronze:Bronze._append", nth=8), 1),
    "before the fetch is recorded": (Stop("etl.fetch.bronze:Bronze.keep_collection"), 0),
    "while old answers go": (Stop("etl.fetch.bronze:Bronze._forget"), 0),
    "amid observations": (Stop("etl.snapshot.build:load_observations"), 0),
    "amid boundaries": (Stop("etl.snapshot.drawing:shape_areas"), 0),
    "amid map layers": (Stop("etl.snapshot.drawing:encode_layers"), 0),
    "amid indicators": (Stop("etl.snapshot.build:build_indicator", nth=2), 0),
    "amid indices": (Stop("etl.snapshot.panels:IndexValues._store_next", after=True), 0),
    "when the candidate is built": (Stop("etl.snapshot.build:insert_snapshot", after=True), 0),
    "amid the comparison": (Stop("etl.run:store_changes"), 0),
    "amid the checks": (Stop("etl.run:require_contracts"), 0),
    "before the file is sealed": (Stop("pathlib:Path.chmod"), 0),
    "when the file is sealed": (Stop("etl.publish.publishing:sync_folder"), 0),
    "before the pointer moves": (Stop("etl.publish.publishing:point_to"), 0),
}


@pytest.mark.parametrize("stop", STOPS)
def test_a_killed_run_leaves_what_is_served_and_is_gone_on_from(site, stop):
    before = site.served()
    at, left = STOPS[stop]
    code = killed_at(at, *site.command("refresh"), catalogue=site.catalogue)
    assert code == -9
    assert site.served() == before
    site.calls_for_data()
    ran = site.run("refresh")
    assert ran.code == 0, ran.said
    assert site.calls_for_data() <= left
    name, population = site.served()
    assert name != before[0]
    assert population == before[1] + 8 * 2 * 2 * 10  # DeSO, parts and sexes of release 2
    assert not list(site.published.glob("*.part"))


def test_a_run_killed_after_the_pointer_moved_has_published(site):
    before = site.served()
    at = Stop("etl.publish.publishing:prune")
    assert killed_at(at, *site.command("refresh"), catalogue=site.catalogue) == -9
    assert site.served()[0] != before[0]
    site.calls_for_data()
    ran = site.run("refresh")
    assert (ran.code, site.calls_for_data()) == (0, 0)
    assert "Nothing has changed" in ran.said


@pytest.mark.parametrize(
    ("size", "left"),
    [(600, 6), (20_000, 0), (1_000_000, 0)],
    ids=["for answers", "for a candidate's start", "for a candidate"],
)
def test_a_full_disk_leaves_what_is_served(site, size, left):
    before = site.served()
    code = run_with_file_limit(size, *site.command("refresh"), catalogue=site.catalogue)
    assert code == 7
    assert site.served() == before
    site.calls_for_data()
    ran = site.run("refresh")
    assert ran.code == 0, ran.said
    assert site.calls_for_data() <= left
    assert site.served() != before
