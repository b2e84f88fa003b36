"""The lab as an analyst uses it: from empty to a table, spread, as lines, and as a file."""

import csv
import io
import re

from playwright.sync_api import Page, expect

CHILDREN = "Låg ekonomisk standard, barn 0–19 år"


def open_lab(page: Page, address: str, query: str = "") -> None:
    """Open the lab and wait until what the address asks for is there."""
    page.goto(f"{address}/labb{query}")
    if "areas=" not in query:
        page.wait_for_selector("#lab-start")
        return
    page.wait_for_selector("#lab-grid tbody tr[aria-rowindex] th")
    if "view=" in query:
        page.wait_for_selector("#lab-figure .js-plotly-plot .trace")


def choose(page: Page, label: str, text: str, option: str) -> None:
    """Pick an option of a field that is searched in, by keys."""
    field = page.get_by_role("combobox", name=label).or_(page.get_by_label(label)).first
    field.click()
    field.fill(text)
    page.get_by_role("option", name=option, exact=True).wait_for()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def cells(page: Page) -> list[list[str]]:
    rows = page.locator("#lab-grid tbody tr[aria-rowindex]")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def test_an_analyst_goes_from_nothing_to_a_file(page: Page, address: str) -> None:
    open_lab(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Statistiklabb")
    choose(page, "Indikatorer", "låg ekonomisk", CHILDREN)
    expect(page.locator("#lab-figure")).to_contain_text("Nu återstår att välja områden.")
    choose(page, "Områden", "", "Alla kommuner")
    expect(page.locator("#lab-table-words")).to_contain_text(
        "Tabellen har 9 värden på 9 rader: 1 indikator för 3 områden."
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"{CHILDREN}: alla kommuner, 2022–2024"
    )
    sort = page.get_by_role("button", name="Värde")
    sort.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=-value"))
    expect(page.locator("th[data-column=value]")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("button", name="Värde")).to_be_focused()
    page.get_by_label("Kolumner efter").first.click()
    page.get_by_role("option", name="År", exact=True).click()
    expect(page).to_have_url(re.compile("columns=year"))
    expect(page.locator("#lab-grid thead th")).to_have_count(4)
    page.get_by_text("Linjer", exact=True).click()
    expect(page).to_have_url(re.compile("view=line"))
    expect(page.locator("#lab-chart-0")).to_contain_text(
        f"{CHILDREN}, Upplands Väsby: 28\xa0% 2022 och 18\xa0% 2024."
    )
    page.wait_for_selector("#lab-chart-0 .js-plotly-plot .trace")
    shown = cells(page)
    with page.expect_download() as download:
        page.get_by_text("Dela och ladda ner").first.click()
        page.get_by_role("link", name="CSV (RFC 4180)").first.click()
    text = download.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(shown) == len(rows) == 3
    for row, told in zip(rows, shown, strict=True):
        assert row["label"] == told[0]
        # SCB publishes whole per cent; a half is rounded up.
        values = [f"{int(float(row[year]) + 0.5)}\xa0%" for year in ("2022", "2023")]
        assert values == told[1:3]
    page.go_back()
    expect(page).not_to_have_url(re.compile("view=line"))


def test_rows_are_fetched_while_one_scrolls(page: Page, address: str) -> None:
    query = (
        "?indicators=low_standard_children,foreign_background,population&areas=deso,regso,kommun"
    )
    open_lab(page, address, query + "&backgrounds=all,sex:women,sex:men")
    table = page.locator("#lab-grid table")
    n = int(table.get_attribute("aria-rowcount") or 0)
    assert n > 250
    frame, told = page.locator("#lab-grid .rows__frame"), page.locator("#lab-grid .rows__count")
    page.route("**/labb/**from=*", lambda route: route.fulfill(body="cut o"))
    frame.evaluate("frame => { frame.scrollTop = 1e8; }")
    expect(told).to_have_text("Alla rader kom inte fram. Rulla i tabellen för att hämta dem igen.")
    page.unroute("**/labb/**from=*")
    frame.evaluate("frame => { frame.scrollTop -= 100; }")
    expect(told).to_have_text(re.compile(r"^Rader: [\d\s]+$"))
    frame.evaluate("frame => { frame.scrollTop = 1e9; }")
    last = page.locator(f"#lab-grid tr[aria-rowindex='{n}'] th")
    expect(last).to_be_visible()
    expect(last).not_to_have_text("…")
    assert page.locator("#lab-grid tbody tr").count() < 60
    page.emulate_media(media="print")
    expect(page.locator("#lab-grid .rows__gap").first).to_be_hidden()


def test_an_example_opens_by_keys_and_its_table_scrolls_by_keys(page: Page, address: str) -> None:
    open_lab(page, address)
    first = page.locator(".lab__presets a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=line"))
    page.wait_for_selector("#lab-figure .js-plotly-plot .trace")
    frame = page.get_by_role("region", name="Tabell", exact=True)
    frame.focus()
    expect(frame).to_be_focused()
