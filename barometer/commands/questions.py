"""The options that say which rows: the same words as the API's parameters."""

from typing import Annotated

import typer

Indicator = Annotated[
    str, typer.Option(help="Indicators, with commas between them; `indicators` lists them.")
]
Background = Annotated[str | None, typer.Option(help="all, sex:women …; else everybody.")]
Level = Annotated[str | None, typer.Option(help="riket, lan, kommun, regso, deso.")]
Year = Annotated[str | None, typer.Option(help="2024, or 2015-2024; else every year.")]
Area = Annotated[str | None, typer.Option(help="Codes of the areas themselves: 0180,0380.")]
Within = Annotated[str | None, typer.Option(help="Codes of what they lie in: 01, 0180.")]
Grouping = Annotated[str | None, typer.Option(help="Groupings: low_standard, birth_region …")]
Index = Annotated[str | None, typer.Option(help="Measures: dissimilarity, isolation …")]
Units = Annotated[str | None, typer.Option(help="Areas measured between: regso, deso.")]
