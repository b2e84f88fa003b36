"""Every area of both divisions with its code, name and atoms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from barometer.divisions import RIKET, Division, Level
from etl.synthetic.geography import Settlement, Texts
from etl.synthetic.kommuner import Kommuner

SYNTHETIC: Final = "_SYN"  # in every small-area code: SCB has none like it


@dataclass(frozen=True, slots=True)
class AreaSet:
    """The areas of one level and division, in code order.

    `of_atom` gives for every atom the position of its area in `codes`.
    """

    id: str
    level: Level
    division: Division
    codes: tuple[str, ...]
    names: tuple[str, ...]
    labels: tuple[str, ...]
    labels_en: tuple[str, ...]
    of_atom: NDArray[np.intp]

    def membership(self) -> csr_array:
        """The areas x atoms matrix of ones that sums atoms to areas."""
        n = len(self.of_atom)
        ones = np.ones(n, dtype=np.float64)
        return csr_array((ones, (self.of_atom, np.arange(n))), shape=(len(self.codes), n))


@dataclass(frozen=True, slots=True)
class Atlas:
    """All area sets by id, and for every sampled point its atom; per atom its kommun (index)."""

    sets: Mapping[str, AreaSet]
    atom_of_point: NDArray[np.intp]
    kommun_of_atom: NDArray[np.intp]
    n_atoms: int


def draw_atlas(
    kommuner: Kommuner, settlement: Settlement, *, regso2025: Texts, deso2025: Texts
) -> Atlas:
    """Number the atoms and name the areas made of them."""
    pairs = np.char.add(np.char.add(settlement.deso, "|"), deso2025)
    _, first, atom = np.unique(pairs, return_index=True, return_inverse=True)
    kommun = settlement.kommun[first]
    small = (
        ("deso2018", settlement.deso, SYNTHETIC),
        ("deso2025", deso2025, f"{SYNTHETIC}_DeSO2025"),
        ("regso2020", settlement.regso, SYNTHETIC),
        ("regso2025", regso2025, f"{SYNTHETIC}_RegSO2025"),
    )
    names = _all_regso_names(settlement, regso2025)
    sets = [_riket(len(first)), _lan(kommuner, kommun), _kommun(kommuner, kommun)]
    for set_id, codes, suffix in small:
        sets.append(_small(set_id, codes[first], suffix=suffix, kommuner=kommuner, names=names))
    return Atlas(
        sets={area_set.id: area_set for area_set in sets},
        atom_of_point=atom.astype(np.intp),
        kommun_of_atom=kommun,
        n_atoms=len(first),
    )


def _all_regso_names(settlement: Settlement, regso2025: Texts) -> dict[str, str]:
    """A RegSO that is new in 2025 is named after the one it was cut from."""
    names = dict(settlement.regso_names)
    for code in np.unique(regso2025).tolist():
        origin = settlement.regso[regso2025 == code][0] if code not in names else code
        names.setdefault(code, f"{names[str(origin)]} nya")
    return names


def _riket(n_atoms: int) -> AreaSet:
    return AreaSet(
        id="riket",
        level="riket",
        division="admin",
        codes=(RIKET,),
        names=("Riket",),
        labels=(f"{RIKET} Riket",),
        labels_en=(f"{RIKET} Sweden",),
        of_atom=np.zeros(n_atoms, dtype=np.intp),
    )


def _lan(kommuner: Kommuner, kommun: NDArray[np.intp]) -> AreaSet:
    codes = sorted({code[:2] for code in kommuner.codes})
    names = [kommuner.lan_names[code] for code in codes]
    english = [f"{name.removesuffix(' län').removesuffix('s')} county" for name in names]
    position = np.array([codes.index(code[:2]) for code in kommuner.codes], dtype=np.intp)
    return AreaSet(
        id="lan",
        level="lan",
        division="admin",
        codes=tuple(codes),
        names=tuple(names),
        labels=tuple(f"{c} {n}" for c, n in zip(codes, names, strict=True)),
        labels_en=tuple(f"{c} {n}" for c, n in zip(codes, english, strict=True)),
        of_atom=position[kommun],
    )


def _kommun(kommuner: Kommuner, kommun: NDArray[np.intp]) -> AreaSet:
    labels = tuple(f"{c} {n}" for c, n in zip(kommuner.codes, kommuner.names, strict=True))
    return AreaSet(
        id="kommun",
        level="kommun",
        division="admin",
        codes=kommuner.codes,
        names=kommuner.names,
        labels=labels,
        labels_en=labels,
        of_atom=kommun,
    )


def _small(
    set_id: str, codes_of_atom: Texts, *, suffix: str, kommuner: Kommuner, names: dict[str, str]
) -> AreaSet:
    """Labels are the same in both divisions, as SCB's are; only codes tell them apart."""
    bare, of_atom = np.unique(codes_of_atom, return_inverse=True)
    kommun_names = dict(zip(kommuner.codes, kommuner.names, strict=True))
    level: Level = "deso" if set_id.startswith("deso") else "regso"
    if level == "regso":
        own = [names[code] for code in bare.tolist()]
        labels = [f"{kommun_names[c[:4]]} ({n})" for c, n in zip(bare.tolist(), own, strict=True)]
    else:
        own = labels = [f"{code}{SYNTHETIC}" for code in bare.tolist()]
    return AreaSet(
        id=set_id,
        level=level,
        division="2025" if set_id.endswith("2025") else "2018",
        codes=tuple(f"{code}{suffix}" for code in bare.tolist()),
        names=tuple(own),
        labels=tuple(labels),
        labels_en=tuple(labels),
        of_atom=of_atom.astype(np.intp),
    )
