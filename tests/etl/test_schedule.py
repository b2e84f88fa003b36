import configparser
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from etl.__main__ import app
from etl.schedule import KINDS, render_schedule
from etl.session import EXIT_CODES

PLACES = {
    "python": Path("/srv/the barometer/.venv/bin/python"),
    "project": Path("/srv/the barometer"),
    "data_dir": Path("/var/lib/100% data"),
    "user": "barometer",
}


def rendered(kind):
    return render_schedule(kind, **PLACES)


def unit(name):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(rendered("systemd")[f"barometer-refresh.{name}"])
    return parser


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_is_filled_in(kind):
    for text in rendered(kind).values():
        assert re.findall(r"\$[{a-z]", text) == []


def test_the_service_runs_a_refresh_as_an_ordinary_user():
    service = unit("service")["Service"]
    assert service["Type"] == "oneshot"
    assert service["User"] == "barometer"
    command = [word.replace("%%", "%") for word in shlex.split(service["ExecStart"])]
    assert command[0] == str(PLACES["python"])
    assert command[1:4] == ["-m", "etl", "refresh"]
    assert command[-1] == str(PLACES["data_dir"])
    assert shlex.split(service["ReadWritePaths"].replace("%%", "%")) == command[-1:]
    assert service["WorkingDirectory"] == str(PLACES["project"])  # taken as it is, no quotes


def test_the_service_tries_again_only_when_that_may_help():
    prevented = {
        int(code) for code in unit("service")["Service"]["RestartPreventExitStatus"].split()
    }
    later = {
        code
        for fault, code in EXIT_CODES.items()
        if fault.__name__ in ("SourceUnavailableError", "LockedError")
    }
    assert len(later) == 2
    assert prevented == {1, 2, *EXIT_CODES.values()} - later


@pytest.mark.parametrize("name", ["barometer-refresh.service", "barometer-site.service"])
def test_a_service_may_do_no_more_than_it_must(name):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(rendered("systemd")[name])
    service = parser["Service"]
    assert service["CapabilityBoundingSet"] == ""
    assert service["ProtectSystem"] == "strict"
    assert {"MemoryMax", "UMask", "RestrictAddressFamilies", "SystemCallFilter"} <= set(service)
    assert service["NoNewPrivileges"] == service["PrivateDevices"] == "yes"


def test_the_site_s_service_serves_this_installation_s_data():
    text = rendered("systemd")["barometer-site.service"]
    assert '-m barometer serve --data-dir "/var/lib/100%% data"' in text


def test_the_timer_catches_up_after_a_night_without_power():
    timer = unit("timer")
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_cron_line_is_one_that_cron_and_the_shell_understand():
    (line,) = [
        line for line in rendered("cron")["barometer.cron"].splitlines() if not line.startswith("#")
    ]
    *times, command = line.split(maxsplit=5)
    assert len(times) == 5
    assert re.search(r"(?<!\\)%", command) is None  # cron makes newlines of bare ones
    words = shlex.split(command.replace(r"\%", "%"))
    assert words[:4] == ["cd", str(PLACES["project"]), "&&", str(PLACES["python"])]
    assert words[-1] == str(PLACES["data_dir"])


def test_the_commands_have_the_options_that_the_files_use():
    options = {
        option
        for parameter in get_command(app).commands["refresh"].params
        for option in parameter.opts
    }
    used = {
        word
        for kind in KINDS
        for text in rendered(kind).values()
        for line in text.splitlines()
        if " -m etl refresh" in line
        for word in line.split(" -m etl refresh", 1)[1].split()
        if word.startswith("--")
    }
    assert used - options == set()


def test_the_container_runs_as_nobody_special_and_tells_its_health():
    lines = rendered("container")["Containerfile"].splitlines()
    assert "USER barometer" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    assert all((Path(__file__).parents[2] / name).exists() for name in copied)
