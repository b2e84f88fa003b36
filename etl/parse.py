"""json-stat2 answers to tidy frames; pure and vectorised."""

import pandas as pd

SUPPRESSED = "suppressed"
NOT_PUBLISHED = "not_published"


def parse_dataset(raw: bytes) -> pd.DataFrame:
    """One row per cell of a json-stat2 answer.

    Columns: one categorical of codes for each variable, in the answer's order, named by the
    variable's code; `value` (float64, NaN when missing); `status` (categorical of text, null for a
    present value): "suppressed" for SCB's "..", "not_published" for a null without a mark.
    """
    raise NotImplementedError
