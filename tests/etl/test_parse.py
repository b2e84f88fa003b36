from pathlib import Path

import numpy as np
import orjson
import pandas as pd
import pytest

from etl.fetch.parse import parse_dataset

RECORDED = Path(__file__).parents[1] / "real" / "recorded" / "pxweb" / "TAB6471_data.json"


def dataset(values, status=None):
    answer = {
        "version": "2.0",
        "class": "dataset",
        "id": ["Region", "Kon", "Tid"],
        "size": [2, 1, 3],
        "dimension": {
            # the keys stand in another order than the positions, as json-stat2 allows
            "Region": {"category": {"index": {"01": 1, "00": 0}, "label": {}}},
            "Kon": {"category": {"label": {"1+2": "totalt"}}},
            "Tid": {"category": {"index": ["2021", "2022", "2023"], "label": {}}},
        },
        "value": values,
    }
    return orjson.dumps(answer | ({"status": status} if status else {}))


def test_the_last_variable_runs_fastest_and_codes_go_by_position():
    frame = parse_dataset(dataset([1, 2, 3, 4, 5, 6]))
    assert frame[["Region", "Kon", "Tid", "value"]].to_numpy().tolist() == [
        ["00", "1+2", "2021", 1],
        ["00", "1+2", "2022", 2],
        ["00", "1+2", "2023", 3],
        ["01", "1+2", "2021", 4],
        ["01", "1+2", "2022", 5],
        ["01", "1+2", "2023", 6],
    ]
    assert frame["status"].isna().all()


def test_missing_is_missing_with_a_reason_and_never_zero():
    frame = parse_dataset(dataset([0, None, None, 4.5, None, 6], {"1": "..", "4": "."}))
    assert frame["status"].astype(object).where(frame["status"].notna(), None).tolist() == [
        None,
        "suppressed",
        "not_published",
        None,
        "not_published",
        None,
    ]
    np.testing.assert_array_equal(frame["value"], [0, np.nan, np.nan, 4.5, np.nan, 6])


def test_a_mark_on_a_number_is_not_a_missing_number():
    frame = parse_dataset(dataset([1, 2, 3, 4, 5, 6], {"0": ".."}))
    assert frame["status"].isna().all()
    assert frame["value"].tolist() == [1, 2, 3, 4, 5, 6]


def test_codes_are_text_in_categories():
    frame = parse_dataset(dataset([1, 2, 3, 4, 5, 6]))
    assert frame["Region"].cat.categories.tolist() == ["00", "01"]
    assert frame.dtypes.astype(str).tolist() == ["category"] * 3 + ["float64", "category"]


def test_an_answer_may_start_with_a_byte_order_mark():
    raw = dataset([1, 2, 3, 4, 5, 6])
    pd.testing.assert_frame_equal(parse_dataset(b"\xef\xbb\xbf" + raw), parse_dataset(raw))


@pytest.mark.real
def test_a_recorded_answer_of_scb():
    frame = parse_dataset(RECORDED.read_bytes())
    answer = orjson.loads(RECORDED.read_bytes())
    assert len(frame) == 2772
    place = np.ravel_multi_index((1, 2, 1, 0, 3), answer["size"])
    assert frame["value"][place] == answer["value"][place]
    assert frame.groupby("Region", observed=True).size().eq(11 * 3 * 4).all()
