"""A person at a page, by mouse, keys and touch; each click, tap, press and text is a step."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

PNG = b"\x89PNG"


@dataclass
class Steps:
    """Counts what a person does."""

    page: Page
    n: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.n += 1

    def point(self, at: dict[str, float]) -> None:
        """Click at a point of the screen."""
        self.page.mouse.click(at["x"], at["y"])
        self.n += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.n += 1

    def tap(self, target: Locator) -> None:
        target.tap()
        self.n += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.n += 1

    def pick(self, field: Locator, text: str, option: str) -> None:
        """Click in a field, type, click what was found."""
        self.click(field)
        self.type(text)
        self.click(self.page.get_by_role("option", name=option, exact=True))

    def picture(self, figure: Locator) -> bytes:
        """Take a figure home as PNG from its menu."""
        return self.file(figure, "PNG")

    def file(self, figure: Locator, kind: str) -> bytes:
        """Take a figure home from its menu."""
        self.click(figure.get_by_text("Dela och ladda ner").first)
        with self.page.expect_download() as download:
            self.click(figure.get_by_role("link", name=re.compile(f"^{kind}")).first)
        return download.value.path().read_bytes()
