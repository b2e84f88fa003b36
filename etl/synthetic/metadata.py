"""Metadata (json-stat2), summaries and code lists of declared tables, in SCB's form."""

from collections.abc import Sequence
from typing import Any, Final

from barometer.catalogue.model import Text
from barometer.divisions import Language
from etl.synthetic.atlas import Atlas
from etl.synthetic.declaration import Declaration
from etl.synthetic.reckoning import Regions

CODE_LISTS: Final[dict[str, tuple[str, Text]]] = {
    "riket": ("vs_ARegionRiket", Text("Riket", "Sweden")),
    "lan": ("vs_BRegionLän07", Text("Län", "Counties")),
    "kommun": ("vs_CRegionKommun07", Text("Kommuner", "Municipalities")),
    "deso2018": ("vs_DeSO2018", Text("DeSO 2018 t.o.m. år 2023", "DeSO 2018 up to 2023")),
    "deso2025": ("vs_DeSO2025", Text("DeSO 2025 fr.o.m. år 2024", "DeSO 2025 from 2024")),
    "regso2020": ("vs_RegSO2020", Text("RegSO 2020 t.o.m. år 2023", "RegSO 2020 up to 2023")),
    "regso2025": ("vs_RegSO2025", Text("RegSO 2025 fr.o.m. år 2024", "RegSO 2025 from 2024")),
}
OLDER_LISTS: Final[dict[str, tuple[str, Text]]] = {
    "deso2018": ("vs_DeSoHE", Text("DeSO t.o.m. år 2023", "DeSO up to 2023")),
    "regso2020": ("vs_RegSo1", Text("RegSO t.o.m. år 2023", "RegSO up to 2023")),
}
_MADE_UP: Final = Text(
    "Syntetiska uppgifter: ett påhittat land. Inga siffror här kommer från SCB.",
    "Synthetic figures: a made-up country. No number here comes from Statistics Sweden.",
)
_SUBJECTS: Final = {
    "AA": Text("Ämnesövergripande statistik", "General statistics"),
    "AM": Text("Arbetsmarknad", "Labour market"),
    "BE": Text("Befolkning", "Population"),
    "BO": Text("Boende, byggande och bebyggelse", "Housing, construction and building"),
    "HE": Text("Hushållens ekonomi", "Household finances"),
    "LE": Text("Levnadsförhållanden", "Living conditions"),
    "TK": Text("Transporter och kommunikationer", "Transport and communications"),
    "UF": Text("Utbildning och forskning", "Education and research"),
}


def metadata(
    declaration: Declaration, regions: Regions, *, last_year: int, language: Language
) -> dict[str, Any]:
    """What GET /tables/{id}/metadata answers."""
    years = [str(year) for year in declaration.years(last_year)]
    dimension = {
        "Region": _region(declaration, regions, language),
        **_classifications(declaration, language),
        "ContentsCode": _contents(declaration, language),
        "Tid": _time(years, language),
    }
    notes = [note[language] for note in (_MADE_UP, *declaration.notes)]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": title(declaration, last_year=last_year, language=language),
        "source": declaration.source,
        "updated": _updated(declaration, last_year),
        "note": notes,
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(dimension),
        "size": [len(d["category"]["index"]) for d in dimension.values()],
        "dimension": dimension,
        "extension": _extension(declaration, list(dimension), len(notes), language),
        "value": [],
    }


def summary(declaration: Declaration, *, last_year: int) -> dict[str, Any]:
    """The table's entry in GET /tables, without links."""
    years = declaration.years(last_year)
    names = [_REGION, *(v.label for v in declaration.variables), _CONTENTS, _YEAR]
    return {
        "id": declaration.id,
        "label": title(declaration, last_year=last_year, language="sv"),
        "description": "",
        "sortCode": declaration.id,
        "updated": _updated(declaration, last_year),
        "firstPeriod": str(years[0]),
        "lastPeriod": str(years[-1]),
        "category": "public",
        "discontinued": declaration.discontinued,
        "variableNames": [name.sv for name in names],
        "source": declaration.source,
        "subjectCode": declaration.subject,
        "timeUnit": "Annual",
        "paths": [],
    }


def code_list(set_id: str, *, atlas: Atlas, older: bool = False) -> dict[str, Any]:
    """A Region value set; every member stands for itself."""
    list_id, label = (OLDER_LISTS if older else CODE_LISTS)[set_id]
    area_set = atlas.sets[set_id]
    values = [
        {"code": code, "label": name, "valueMap": [code]}
        for code, name in zip(area_set.codes, area_set.labels, strict=True)
    ]
    return {
        "id": list_id,
        "label": label.sv,
        "elimination": False,
        "type": "Valueset",
        "values": values,
    }


def title(declaration: Declaration, *, last_year: int, language: Language) -> str:
    """The table's title with its years, as SCB writes it."""
    years = declaration.years(last_year)
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    closed = (
        Text(" (uppdateras ej)", " (not updated)") if declaration.discontinued else Text("", "")
    )
    label, end = declaration.label[language], closed[language]
    return f"{label}{end}. {'År' if language == 'sv' else 'Year'} {span}"


_REGION: Final = Text("region", "region")
_CONTENTS: Final = Text("tabellinnehåll", "observations")
_YEAR: Final = Text("år", "year")


def _updated(declaration: Declaration, last_year: int) -> str:
    return f"{declaration.years(last_year)[-1] + 1}-{declaration.updated}T07:00:00Z"


def _category(codes: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    return {
        "index": {code: position for position, code in enumerate(codes)},
        "label": dict(zip(codes, labels, strict=True)),
    }


def _region(declaration: Declaration, regions: Regions, language: Language) -> dict[str, Any]:
    lists = []
    for set_id in declaration.sets:
        older = declaration.older and set_id in OLDER_LISTS
        list_id, label = (OLDER_LISTS if older else CODE_LISTS)[set_id]
        text = label[language]
        lists.append({"id": list_id, "label": text, "type": "Valueset", "links": []})
    labels = regions.labels if language == "sv" else regions.labels_en
    return {
        "label": _REGION[language],
        "category": _category(regions.codes, labels),
        "extension": {"elimination": False, "show": "value", "codelists": lists},
    }


def _classifications(declaration: Declaration, language: Language) -> dict[str, Any]:
    found = {}
    for variable in declaration.variables:
        extension: dict[str, Any] = {"elimination": variable.eliminated}
        if variable.eliminated and variable.total is not None:
            extension["eliminationValueCode"] = variable.total
        found[variable.code] = {
            "label": variable.label[language],
            "category": _category(
                [c.code for c in variable.categories],
                [c.label[language] for c in variable.categories],
            ),
            "extension": {**extension, "show": "value", "codelists": []},
        }
    return found


def _contents(declaration: Declaration, language: Language) -> dict[str, Any]:
    codes = [content.code for content in declaration.contents]
    labels = [content.label[language] for content in declaration.contents]
    units = {
        content.code: {"base": content.unit[language], "decimals": content.decimals}
        for content in declaration.contents
    }
    refperiod = "31 december respektive år" if language == "sv" else "31 December each year"
    return {
        "label": _CONTENTS[language],
        "category": {**_category(codes, labels), "unit": units},
        "extension": {
            "elimination": False,
            "refperiod": dict.fromkeys(codes, refperiod),
            "show": "value",
            "codelists": [],
            "measuringType": dict.fromkeys(codes, "Stock"),
            "priceType": dict.fromkeys(codes, "NotApplicable"),
            "adjustment": dict.fromkeys(codes, "None"),
            "alternativeText": dict(zip(codes, labels, strict=True)),
        },
    }


def _time(years: Sequence[str], language: Language) -> dict[str, Any]:
    return {
        "label": _YEAR[language],
        "category": _category(years, years),
        "extension": {"elimination": False, "show": "code", "codelists": []},
    }


def _extension(
    declaration: Declaration, variables: Sequence[str], n_notes: int, language: Language
) -> dict[str, Any]:
    return {
        "noteMandatory": {str(number): True for number in range(n_notes)},
        "px": {
            "infofile": declaration.infofile,
            "tableid": declaration.id,
            "decimals": 0,
            "official-statistics": False,
            "aggregallowed": all(content.is_count for content in declaration.contents),
            "copyright": False,
            "language": language,
            "contents": declaration.label[language],
            "descriptiondefault": False,
            "heading": list(variables[-2:]),
            "stub": list(variables[:-2]),
            "matrix": declaration.id,
            "subject-code": declaration.subject,
            "subject-area": _SUBJECTS.get(declaration.subject, Text(*[declaration.subject] * 2))[
                language
            ],
        },
        "contact": [],
    }
