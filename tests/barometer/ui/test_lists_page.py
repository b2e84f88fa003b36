"""The page of lists: what each measures, and limits that stand in the link."""

import io

import pandas as pd
from dash import html

from barometer.selection.lists import Limit, ListsView
from barometer.ui.pages.lists import page, words
from barometer.ui.pages.lists.sections import LISTED, _listed_sentences, form
from barometer.ui.pages.lists.state import ListsState, listed_frame, resolve, screen_frame


def view(context, query):
    with context.store.reader() as reader:
        return ListsView.from_query(query, offer=context.offer(reader))


def test_limits_of_the_form_become_the_link(context):
    reading = view(context, "?area=0380&i=low_standard_children&o=%3E&v=20,5&i=&o=%3C&v=")
    assert reading.view.limits == (Limit("low_standard_children", ">", 20.5),)
    query = reading.view.to_query()
    assert query == "?area=0380&level=regso&limits=low_standard_children%3E20.5"
    assert view(context, query).view == reading.view


def test_what_cannot_be_followed_is_said(context):
    reading = view(context, "?limits=nothing%3C5,low_standard_children!7&area=Upsala")
    assert reading.view.limits == ()
    assert reading.view.area == "0380"
    assert [own.field for own in reading.misunderstood] == ["area", "limits", "limits"]


def test_the_page_says_what_each_list_measures_and_what_is_not_here(context):
    for query, language in (("", "sv"), ("?lang=en", "en")):
        content = str(page.PAGE.content(context, query))
        for kind in words.KINDS:
            assert kind[0][language] in content
        assert words.WHY[language] in content
        assert words.POLICE_NONE[language] in content
        assert words.NO_LIMITS[language] in content


def test_a_list_that_is_not_here_is_said_once_and_is_no_column(context, monkeypatch):
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=0380")
        frame = listed_frame(state)
        for given in (False, True):
            monkeypatch.setattr(ListsState, "has_exclusion", given)
            drawn = str(LISTED.table(state, frame))
            assert len(frame)
            assert (words.EXCLUSION["sv"] in drawn) == given


def test_areas_within_the_limits_are_listed_and_are_a_file(context, client):
    query = "?area=0380&limits=low_standard_children%3E20"
    content = str(page.PAGE.content(context, query))
    assert "Flogsta-Ekeby" in content
    assert "2 områden ligger inom gränserna" in content
    with context.store.reader() as reader:
        frame = screen_frame(resolve(context, reader, query))
    answer = client.get(f"/export/listor/screen/csv{query}")
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count("\r\n") == len(frame) + 1


def test_a_file_of_limits_stands_alone(client):
    query = "?area=0380&limits=low_standard_children%3E20&lang=en"
    rows = pd.read_csv(io.BytesIO(client.get(f"/export/listor/screen/csv{query}").data), dtype=str)
    assert set(rows["indicator_1"]) == {"Low economic standard, children aged 0–19"}
    assert set(rows["limit_1"]) == {"> 20"}
    assert set(rows["year_1"]) == {"2024"}
    assert set(rows["unit_1"]) == {"per cent"}
    assert set(rows["source"]) == {"TAB6685"}
    assert rows["definition"].str.contains("below 60 per cent of the national median").all()
    text = client.get(f"/export/listor/screen/excel-csv{query}").text
    assert "Limit 1" in text
    listed = client.get("/export/listor/listed/csv?area=0380").text
    assert "TAB6586" in listed
    assert "TAB6685" not in listed


def test_an_own_area_is_not_said_to_have_no_listed_area(context):
    reading = view(context, "?area=own:0380R001_SYN")
    assert reading.view.area == "0380"
    assert [own.field for own in reading.misunderstood] == ["area"]
    assert view(context, "?area=0380R002_SYN_RegSO2025").view.area == "0380"


def test_a_place_without_listed_areas_has_none_and_not_0(context):
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=0114")
        (said,) = _listed_sentences(state, listed_frame(state).head(0))
    assert said.startswith("Inget RegSO här är av SCB:s typ 1 eller 2 (2024).")


def test_the_place_of_the_form_is_chosen_by_name(context):
    query = "?area=0380&lang=en&i=low_standard_children&o=%3E&v=20.5"
    with context.store.reader() as reader:
        fields = form(resolve(context, reader, query))
    place, _, indicator, _ = [p for p in fields._traverse() if isinstance(p, html.Select)][:4]
    options = [part for part in place._traverse() if isinstance(part, html.Option)]
    names = {option.value: option.children for option in options}
    assert names["00"] == "Sweden"
    assert names["03"] == "Uppsala county"
    assert [o.value for o in options if getattr(o, "selected", None)] == ["0380"]
    groups = [part.label for part in place._traverse() if isinstance(part, html.Optgroup)]
    assert groups == ["Counties", "Municipalities"]
    assert "Low economic standard, children aged 0–19 (per cent)" in str(indicator)


def test_a_limit_is_written_as_people_write_it(context):
    assert str(Limit("population", ">", 1_000_000.0)) == "population>1000000"
    reading = view(context, "?limits=low_standard_children%3E20,5")  # a comma parts limits
    assert [str(limit) for limit in reading.view.limits] == ["low_standard_children>20"]
    with context.store.reader() as reader:
        shown = str(form(resolve(context, reader, "?limits=low_standard_children%3E20.5")))
    assert "'20,5'" in shown


def test_listed_areas_of_other_borders_are_counted_by_themselves(context):
    rows = [("2025", 1, "stor"), ("2025", 2, None), ("2025", None, "stor"), ("2020", None, "stor")]
    frame = pd.DataFrame(rows, columns=["division", "type", "exclusion"])
    with context.store.reader() as reader:
        state = resolve(context, reader, "?area=0380")
        assert state.typed_year == 2024
        said = _listed_sentences(state, frame)
    assert said[-1].startswith("1 RegSO på Utanförskapets karta har andra gränser")
    assert len(said) == 2
