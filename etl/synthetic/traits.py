"""What people and households are like: national shares and how each follows the landscape.

The shares are rounded orders of magnitude of published national figures (SCB.md section 4.9).
"""

from typing import Final

import numpy as np

from etl.synthetic.population import Loads, Trait

AGES: Final = (
    "-4", "5-9", "10-14", "15", "16-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49",
    "50-54", "55-59", "60-64", "65", "66", "67-69", "70-74", "75-79", "80-",
)  # fmt: skip
AGE_FROM: Final = (0, 5, 10, 15, 16, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 66, 67, 70, 75, 80)

_CHILDREN: Final[Loads] = {"family": 0.22, "age": -0.15, "origin": 0.04, "density": -0.05}
_YOUNG: Final[Loads] = {"density": 0.12, "family": -0.12, "age": -0.12}
_PARENTS: Final[Loads] = {"family": 0.10, "age": -0.06}
_MIDDLE: Final[Loads] = {"age": 0.10, "origin": -0.04}
_OLD: Final[Loads] = {"age": 0.32, "origin": -0.12, "density": -0.04, "rural": 0.03}

AGE: Final = Trait(
    id="age",
    national={
        2011: (5.9, 5.6, 5.2, 1.1, 5.2, 6.8, 6.2, 6.2, 6.5, 6.9, 7.0, 6.2, 6.0, 6.4, 1.3, 1.3, 3.4,
               4.4, 3.3, 5.2),
        2022: (5.5, 5.9, 6.0, 1.2, 4.5, 5.4, 6.1, 7.2, 6.7, 6.2, 6.2, 6.3, 6.4, 5.6, 1.1, 1.0, 3.1,
               4.9, 5.0, 5.7),
        2024: (5.1, 5.8, 6.0, 1.2, 4.7, 5.4, 5.8, 7.2, 7.0, 6.3, 6.0, 6.3, 6.3, 5.9, 1.1, 1.1, 3.0,
               4.9, 4.7, 6.2),
    },
    loads=(*[_CHILDREN] * 5, *[_YOUNG] * 3, *[_PARENTS] * 3, *[_MIDDLE] * 3, *[_OLD] * 6),
    spread=0.08,
)  # fmt: skip
MEN: Final = np.interp(
    AGE_FROM, [0, 15, 25, 45, 65, 75, 80], [0.514, 0.515, 0.512, 0.506, 0.498, 0.475, 0.41]
)

ORIGIN: Final = (
    Trait(  # born here with a parent born here, born here without, born in Europe, elsewhere
        id="origin",
        national={
            2011: (0.803, 0.045, 0.084, 0.068),
            2022: (0.7313, 0.0648, 0.0866, 0.1173),
            2024: (0.7250, 0.0680, 0.0855, 0.1215),
        },
        loads=(
            {},
            {"origin": 0.95, "age": -0.08, "deprivation": 0.05},
            {"origin": 0.62},
            {"origin": 1.12, "deprivation": 0.12},
        ),
        by_kommun=(0.0, 0.85, 0.6, 0.95),
    )
)
CITIZENSHIP: Final = Trait(
    id="citizenship",
    national={2011: (0.931, 0.069), 2022: (0.917, 0.083), 2024: (0.922, 0.078)},
    loads=({}, {"origin": 0.95, "deprivation": 0.15}),
    by_kommun=(0.0, 0.8),
)
TENURE: Final = Trait(  # owned, co-operative, rented, unknown
    id="tenure",
    national={2012: (0.52, 0.18, 0.275, 0.025), 2022: (0.497, 0.19, 0.289, 0.024)},
    loads=(
        {"density": -0.75, "deprivation": -0.6, "family": 0.3, "rural": 0.25},
        {"density": 0.55, "deprivation": -0.3, "rural": -0.5},
        {"density": 0.45, "deprivation": 0.75, "origin": 0.15, "rural": -0.2},
        {},
    ),
    spread=0.5,
)
DWELLING_TENURE: Final = Trait(  # rented, co-operative, owned, unknown
    id="tenure",  # the same noise as for persons
    national={2015: (0.375, 0.235, 0.389, 0.001), 2022: (0.3855, 0.2402, 0.3737, 0.0006)},
    loads=(TENURE.loads[2], TENURE.loads[1], TENURE.loads[0], {}),
    spread=0.5,
)
HOUSE: Final = Trait(  # small house, apartments, other, special dwelling, unknown
    id="house",
    national={2012: (0.545, 0.40, 0.012, 0.02, 0.023), 2022: (0.515, 0.428, 0.011, 0.0205, 0.0255)},
    loads=(
        {"density": -0.85, "deprivation": -0.45, "family": 0.3, "rural": 0.25},
        {"density": 0.55, "deprivation": 0.45, "rural": -0.3},
        {},
        {"age": 0.3},
        {"origin": 0.3},
    ),
    spread=0.45,
)
HEADS: Final = Trait(  # households per person
    id="heads",
    national={2011: (0.459, 0.541), 2022: (0.4642, 0.5358)},
    loads=({"density": 0.14, "family": -0.16, "age": 0.05, "origin": -0.05}, {}),
)
DWELLINGS: Final = Trait(  # dwellings per person
    id="heads",
    national={2015: (0.475, 0.525), 2022: (0.4904, 0.5096)},
    loads=HEADS.loads,
)
HOUSEHOLD: Final = Trait(  # couple with children, without, single with, without, other
    id="household",
    national={
        2011: (0.215, 0.245, 0.075, 0.405, 0.06),
        2022: (0.2175, 0.2386, 0.0706, 0.4107, 0.0626),
    },
    loads=(
        {"family": 0.42, "density": -0.12, "deprivation": -0.1},
        {"age": 0.18, "deprivation": -0.15, "density": -0.1},
        {"family": 0.12, "deprivation": 0.22},
        {"density": 0.25, "family": -0.32, "deprivation": 0.12},
        {"origin": 0.32, "deprivation": 0.1},
    ),
)
EDUCATION: Final = (
    Trait(  # lower secondary, upper secondary, < 3 years after it, 3 or more, unknown
        id="education",
        national={
            2011: (0.145, 0.465, 0.145, 0.225, 0.02),
            2022: (0.103, 0.425, 0.149, 0.297, 0.026),
        },
        loads=(
            {"deprivation": 0.42, "origin": 0.14, "rural": 0.05},
            {"deprivation": 0.12, "density": -0.12, "rural": 0.05},
            {},
            {"deprivation": -0.34, "density": 0.2},
            {"origin": 0.5, "deprivation": 0.1},
        ),
    )
)
LONG_TERM: Final = Trait(  # economic assistance 10 months or more, or unemployed more than 6 months
    id="long-term",
    national={2011: (0.066, 0.934), 2022: (0.047, 0.953), 2024: (0.046, 0.954)},
    loads=({"deprivation": 0.78, "origin": 0.16}, {}),
)
CARS: Final = Trait(  # in traffic, off the road, no car: per inhabitant
    id="cars",
    national={2015: (0.474, 0.120, 0.406), 2022: (0.472, 0.135, 0.393)},
    loads=(
        {"density": -0.3, "deprivation": -0.12, "rural": 0.15},
        {"rural": 0.25, "density": -0.25},
        {},
    ),
)

TURNOUT: Final = Trait(  # voted, did not
    id="turnout",
    national={2014: (0.858, 0.142), 2018: (0.872, 0.128), 2022: (0.842, 0.158)},
    loads=({"deprivation": -0.42, "origin": -0.2, "age": 0.05}, {}),
)
MOVES: Final = Trait(  # moved in, moved out, neither
    id="moves",
    national={2011: (0.141, 0.137, 0.722), 2022: (0.144, 0.141, 0.715)},
    loads=({"density": 0.1, "family": -0.08}, {"density": 0.1, "deprivation": 0.05}, {}),
    spread=0.15,
)
BENEFITS: Final = Trait(  # economic assistance, unemployment benefit, neither
    id="benefits",
    national={2011: (0.052, 0.035, 0.913), 2022: (0.031, 0.028, 0.941)},
    loads=({"deprivation": 0.85, "origin": 0.2}, {"deprivation": 0.3, "origin": 0.1}, {}),
)
ONLY_SUPPORT: Final = Trait(  # lives on economic assistance alone, does not
    id="only support",
    national={2011: (0.027, 0.973), 2022: (0.017, 0.983)},
    loads=({"deprivation": 0.9, "origin": 0.2}, {}),
)
LONG_UNEMPLOYED: Final = Trait(  # unemployed more than 6 months, not
    id="long unemployed",
    national={2018: (0.031, 0.969), 2022: (0.029, 0.971)},
    loads=({"deprivation": 0.65, "origin": 0.2}, {}),
)
SICKNESS: Final = Trait(  # days with sickness benefits of all days in a year
    id="sickness",
    national={2011: (0.077, 0.923), 2017: (0.074, 0.926), 2022: (0.059, 0.941)},
    loads=({"deprivation": 0.22, "rural": 0.06, "density": -0.08}, {}),
)
ORIGINS: Final = ("born in Sweden", "born in Europe", "born elsewhere")
SELF_SUPPORTING: Final = tuple(  # supports oneself, does not; per origin of ORIGINS
    Trait(
        id=f"self-supporting {origin}",
        national={2013: (share - 0.035, 1.035 - share), 2022: (share, 1 - share)},
        loads=({"deprivation": -0.35}, {}),
    )
    for origin, share in zip(ORIGINS, (0.835, 0.70, 0.545), strict=True)
)
COMPONENTS: Final = {  # share with any, thousand kronor per person with, its load on deprivation
    "10": (Trait("wages", {2011: (0.66, 0.34), 2022: (0.68, 0.32)},
                 ({"deprivation": -0.25, "age": -0.25}, {})), 352.0, -0.12),
    "230": (Trait("capital", {2011: (0.55, 0.45), 2022: (0.6, 0.4)}, ({"deprivation": -0.4}, {})),
            62.0, -0.45),
    "110": (Trait("labour support", {2011: (0.09, 0.91), 2022: (0.07, 0.93)},
                  ({"deprivation": 0.4, "origin": 0.1}, {})), 71.0, 0.03),
    "160": (Trait("housing allowance", {2011: (0.075, 0.925), 2022: (0.08, 0.92)},
                  ({"deprivation": 0.5}, {})), 24.0, 0.04),
    "170": (Trait("assistance", {2011: (0.058, 0.942), 2022: (0.036, 0.964)},
                  ({"deprivation": 0.85, "origin": 0.2}, {})), 48.0, 0.08),
    "240": (Trait("net income", {2011: (0.985, 0.015), 2022: (0.987, 0.013)},
                  ({"deprivation": -0.1}, {})), 331.0, -0.2),
}  # fmt: skip

LABOUR_AGES: Final = ("15", "16-19", "20-64", "65", "66", "67-74")
_LABOUR_LOADS: Final[tuple[Loads, ...]] = (
    {"deprivation": -0.36, "origin": -0.1},
    {"deprivation": 0.3, "origin": 0.14},
    {},
)
_EMPLOYED: Final = {
    "15": (0.06, 0.01),
    "16-19": (0.3, 0.03),
    "20-64": (0.8235, 0.0395),
    "65": (0.48, 0.01),
    "66": (0.33, 0.007),
    "67-74": (0.17, 0.003),
}
LABOUR: Final = tuple(  # employed, unemployed, outside the labour force, per age of LABOUR_AGES
    Trait(
        id=f"labour {age}",
        national={
            2018: (0.985 * work, 1.15 * idle, 1 - 0.985 * work - 1.15 * idle),
            2020: (0.975 * work, 1.45 * idle, 1 - 0.975 * work - 1.45 * idle),
            2022: (work, idle, 1 - work - idle),
            2024: (1.003 * work, 1.04 * idle, 1 - 1.003 * work - 1.04 * idle),
        },
        loads=_LABOUR_LOADS,
    )
    for age, (work, idle) in _EMPLOYED.items()
)


def ages(low: int, high: int) -> list[int]:
    """Positions in AGES of the ages from low up to and including high; both must be edges."""
    upper = (*AGE_FROM[1:], 200)
    return [i for i, start in enumerate(AGE_FROM) if start >= low and upper[i] - 1 <= high]
