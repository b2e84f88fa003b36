"""How the site and its data fare: /health for machines, /status for whoever runs it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

import orjson
from flask import Flask, Response, render_template_string

from barometer import wording
from barometer.catalogue import CatalogueError, Text
from barometer.catalogue.efforts import registered_efforts
from barometer.divisions import Language
from barometer.fonts import rules
from barometer.pointer import published_snapshots, snapshot_id_of
from barometer.runs import Run, Status, read_status
from barometer.selection.presets import preset_faults
from barometer.snapshot import Snapshot
from barometer.store import NoSnapshotError
from barometer.ui import words
from barometer.ui.context import Context, asked_query, language_of
from barometer.ui.serving import font_address
from barometer.ui.words import fill

_PAGE: Final = """<!DOCTYPE html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/assets/favicon.svg">
<title>{{ title }} – {{ site }}</title>
<style>{{ fonts|safe }}</style>
{% for sheet in sheets %}<link rel="stylesheet" href="{{ sheet }}">{% endfor %}
</head>
<body><div class="site"><main class="main" style="display:grid;gap:1.25rem;align-content:start">
{% if banner %}<section class="banner" aria-label="{{ title }}"><p>{{ banner }}</p></section>
{% endif %}<h1>{{ title }}</h1>
<p class="lead">{{ lead }}</p>
<dl class="said">
{% for label, told in facts %}<div><dt>{{ label }}</dt><dd>{{ told }}</dd></div>
{% endfor %}</dl>
<p>{{ back }}: <code>python -m etl rollback</code></p>
<p>{{ machines }}: <a href="/health">/health</a>, <a href="/metrics">/metrics</a></p>
<p><a href="/data{{ suffix }}#status">{{ data }}</a></p>
</main></div></body>
</html>"""
_SHEETS: Final = ("/assets/10-tokens.css", "/assets/11-frame.css", "/assets/15-data.css")


def register(server: Flask, context: Context) -> None:
    """Add the routes to the server."""
    server.add_url_rule("/health", "health", lambda: _health(context))
    server.add_url_rule("/status", "status", lambda: _page(context))


def _health(context: Context) -> Response:
    """Whether there is a snapshot to serve, which, how old, and how the pipeline's runs ended.

    Degraded: another snapshot is served than the pointer names, or the last run failed. Figures
    are served all the same, so that the answer is 200.
    """
    with context.store.reader() as reader:
        snapshot = reader.snapshot
    runs, fault = read_status(context.settings.published_dir), context.store.fault
    answer = {
        "status": "degraded" if fault or runs.failing else "ok",
        "snapshot": snapshot.snapshot_id,
        "origin": snapshot.origin,
        "built_at": snapshot.built_at,
        "age_seconds": round(_age(snapshot)),
        "fault": fault,
        **asdict(runs),
    }
    return _fresh(Response(orjson.dumps(answer), mimetype="application/json"))


def _page(context: Context) -> Response:
    """The same in words; also without a snapshot, when an operator needs it most."""
    language = language_of(asked_query())
    page = render_template_string(
        _PAGE,
        language=language,
        title=words.STATUS_NAME[language],
        site=words.SITE[language],
        sheets=_SHEETS,
        fonts=rules(context.faces(), address=font_address),
        lead=words.STATUS_LEAD[language],
        banner=_banner(context, language),
        facts=list(_facts(context, language)),
        back=words.STATUS_BACK[language],
        machines=words.STATUS_FOR_MACHINES[language],
        data=words.STATUS_DATA[language],
        suffix="?lang=en" if language == "en" else "",
    )
    return _fresh(Response(page, mimetype="text/html"))


def _banner(context: Context, language: Language) -> str | None:
    """That the figures are made up, as on every page."""
    try:
        with context.store.reader() as reader:
            synthetic = reader.snapshot.synthetic
    except NoSnapshotError:
        return None
    return wording.synthetic_banner(language) if synthetic else None


def _facts(context: Context, language: Language) -> Iterator[tuple[str, str]]:
    folder = context.settings.published_dir
    try:
        with context.store.reader() as reader:
            snapshot = reader.snapshot
    except NoSnapshotError as error:
        yield words.STATUS_SERVED[language], words.STATUS_NONE[language]
        yield words.STATUS_FAULT[language], str(error)
    else:
        yield words.STATUS_SERVED[language], snapshot.snapshot_id
        yield words.STATUS_BUILT[language], _built(snapshot, language)
        if context.store.fault:
            yield words.STATUS_FAULT[language], context.store.fault
    yield (
        words.STATUS_KEPT[language],
        ", ".join(map(snapshot_id_of, published_snapshots(folder))) or "0",
    )
    yield from _runs(read_status(folder), language)
    for fault in _operator_faults(context):
        yield words.STATUS_OWN_FILES[language], fault


def _operator_faults(context: Context) -> Iterator[str]:
    """What is wrong with the files that the site itself reads from the data folder."""
    folder = context.settings.data_dir
    yield from preset_faults(folder)
    try:
        registered_efforts(folder, indicators=context.catalogue.indicators)
    except CatalogueError as error:
        yield from error.faults


def _runs(status: Status, language: Language) -> Iterator[tuple[str, str]]:
    named: tuple[tuple[Text, Run | None], ...] = (
        (words.STATUS_LAST_RUN, status.last_run),
        (words.STATUS_LAST_SUCCESS, status.last_success),
        (words.STATUS_LAST_ERROR, status.last_error),
    )
    for name, run in named:
        yield name[language], _last_run(run, language) if run else words.STATUS_NONE[language]


def _last_run(run: Run, language: Language) -> str:
    return fill(
        words.STATUS_FAILED if run.exit_code else words.STATUS_RAN,
        language,
        run=words.run_name(run.command, language),
        day=_moment(run.ended_at, language),
        seconds=wording.number(run.seconds, language=language),
        message=run.message,
    )


def _built(snapshot: Snapshot, language: Language) -> str:
    days = int(_age(snapshot) // 86_400)
    age = fill(words.STATUS_AGE, language, days=str(days)) if days else words.STATUS_TODAY[language]
    return f"{_moment(snapshot.built_at, language)}, {age}"


def _age(snapshot: Snapshot) -> float:
    return max(0.0, (datetime.now(UTC) - snapshot.built_at).total_seconds())  # clocks go back too


def _moment(moment: datetime, language: Language) -> str:
    return f"{wording.day(moment.date(), language=language)} {moment:%H:%M} UTC"


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
