import io

import geopandas as gpd
import httpx
import pytest
import shapely

from tests.emulated.faults import Fault, Faults

WFS = "http://scb/geoserver/stat/wfs"
AREAS = {
    "0180": ("kommun", "admin", "Stockholm", "01"),
    "0180A0010": ("deso", "2018", "0180A0010", "0180R001"),
    "0114C1010_SYN_DeSO2025": ("deso", "2025", "0114C1010", "0114R002_SYN_RegSO2025"),
    "0114A0010_SYN_DeSO2025": ("deso", "2025", "0114A0010", "0114R001_SYN_RegSO2025"),
    "0180A0010_SYN_DeSO2025": ("deso", "2025", "0180A0010", "0180R001_SYN_RegSO2025"),
    "0114R001_SYN_RegSO2025": ("regso", "2025", "Bollstanäs", "0114"),
}


def boundaries():
    rows = [
        {
            "area_id": code,
            "level": level,
            "division": division,
            "name": name,
            "parent_id": parent,
            "geometry": shapely.box(674_000 + at, 6_580_000, 675_000 + at, 6_581_000),
        }
        for at, (code, (level, division, name, parent)) in enumerate(AREAS.items())
    ]
    return gpd.GeoDataFrame(rows, crs=3006)


@pytest.fixture
def wfs(connect):
    """wfs(faults=..., **parameters) asks for DeSO 2025 as GeoJSON unless told otherwise."""

    def ask(*, faults=None, **parameters):
        client = connect(boundaries=boundaries, faults=faults)
        given = {"service": "WFS", "version": "1.1.0", "REQUEST": "GetFeature"}
        given |= {"TYPENAMES": "stat:DeSO_2025", "outputFormat": "application/json"}
        return client.get(WFS, params=given | parameters)

    return ask


def codes(answer, attribute="desokod"):
    return [feature["properties"][attribute] for feature in answer.json()["features"]]


def test_a_layer_has_its_areas_with_plain_codes(wfs):
    answer = wfs()
    assert codes(answer) == ["0114A0010_SYN", "0114C1010_SYN", "0180A0010_SYN"]
    assert codes(answer, "regsokod") == ["0114R001_SYN", "0114R002_SYN", "0180R001_SYN"]
    assert codes(answer, "kommunkod") == ["0114", "0114", "0180"]
    assert codes(answer, "version") == ["2025_v2"] * 3
    assert answer.json()["totalFeatures"] == 3
    assert answer.json()["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::3006"


@pytest.mark.parametrize(
    ("layer", "attribute", "found"),
    [
        ("stat:DeSO_2018", "desokod", ["0180A0010"]),
        ("stat:RegSO_2025", "regsokod", ["0114R001_SYN"]),
        ("stat:RegSO_2025", "regsonamn", ["Bollstanäs"]),
        ("stat:RegSO_2020", "regsokod", []),
    ],
)
def test_each_division_is_a_layer_of_its_own(wfs, layer, attribute, found):
    assert codes(wfs(TYPENAMES=layer), attribute) == found


@pytest.mark.parametrize(
    ("cql", "found"),
    [
        ("kommunkod='0180'", ["0180A0010_SYN"]),
        ("desokod IN ('0114A0010_SYN', '0180A0010_SYN')", ["0114A0010_SYN", "0180A0010_SYN"]),
        ("lanskod = '25'", []),
    ],
)
def test_a_filter_picks_areas(wfs, cql, found):
    answer = wfs(CQL_FILTER=cql)
    assert codes(answer) == found
    assert answer.json()["numberMatched"] == len(found)


def test_pages_follow_the_sorting(wfs):
    pages = [wfs(maxFeatures=2, startIndex=start, sortBy="desokod D") for start in (0, 2)]
    assert codes(pages[0]) == ["0180A0010_SYN", "0114C1010_SYN"]
    assert codes(pages[1]) == ["0114A0010_SYN"]
    assert [page.json()["numberReturned"] for page in pages] == [2, 1]
    assert codes(wfs(count=1, sortBy="desokod", version="2.0.0")) == ["0114A0010_SYN"]


def test_coordinates_are_given_in_degrees_when_asked_for(wfs):
    corner = wfs(srsName="EPSG:4326").json()["features"][0]["geometry"]["coordinates"][0][0]
    assert corner == pytest.approx([18.1, 59.3], abs=0.2)


def test_a_geopackage_holds_the_same_areas(wfs):
    frame = gpd.read_file(io.BytesIO(wfs(outputFormat="geopackage").content))
    assert frame["desokod"].tolist() == codes(wfs())
    assert frame.crs.to_epsg() == 3006
    assert frame.geometry.iloc[0].area == pytest.approx(1e6)


def test_hits_are_counted(wfs):
    assert 'numberOfFeatures="3"' in wfs(resultType="hits").text


@pytest.mark.parametrize(
    "parameters",
    [
        {"TYPENAMES": "stat:DeSO_2031"},
        {"CQL_FILTER": "kommunkod LIKE '01%'"},
        {"CQL_FILTER": "kommun='0180'"},
        {"sortBy": "kod"},
        {"outputFormat": "shape-smoke"},
        {"REQUEST": "GetLegend"},
        {"maxFeatures": "many"},
    ],
)
def test_a_bad_request_gets_a_report_in_xml(wfs, parameters):
    for version, status in (("1.1.0", 200), ("2.0.0", 400)):
        answer = wfs(version=version, **parameters)
        assert answer.status_code == status
        assert "<ows:ExceptionReport" in answer.text


def test_faults_strike_the_geodata_service_too(wfs):
    assert wfs(faults=Faults(Fault("unavailable", path="/geoserver/*"))).status_code == 503
    with pytest.raises(httpx.RemoteProtocolError):
        wfs(faults=Faults(Fault("cut_off", path="/geoserver/*")))


def test_without_boundaries_there_is_no_such_service(client):
    assert client.get(WFS).status_code == 404
