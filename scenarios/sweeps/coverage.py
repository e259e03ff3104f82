"""Searches that say nothing about the masses that are asked for: tables that end elsewhere."""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.detectors import Search
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.pairs import Pair

Array = NDArray[np.float64]

_GEV_IN_MEV = 1000.0


def not_covered(pairs: Sequence[Pair], masses: Array) -> dict[str, str]:
    """A sentence on each pair, by its name, whose search says nothing about any of the masses [GeV].

    Raises
    ------
    ScenarioError
        If none of the searches says anything about any of them.
    """
    found = {pair.name: _why(pair.search, masses) for pair in pairs}
    told = {name: why for name, why in found.items() if why}
    if pairs and len(told) == len(pairs):
        raise ScenarioError("; ".join(f"{name} {why}" for name, why in told.items()))
    return told


def said(silent: Mapping[str, str]) -> dict[str, str]:
    """The attribute ``silent`` of a result, with a sentence on each search that says nothing; none if all do."""
    return {"silent": "; ".join(f"{name} {why}" for name, why in silent.items())} if silent else {}


def silence_of(data: xr.Dataset, name: str) -> str:
    """What the attribute ``silent`` of a result has to say of a search; empty if nothing."""
    sentences = str(data.attrs.get("silent", "")).split("; ")
    return next((one.removeprefix(f"{name} ") for one in sentences if one.startswith(f"{name} ")), "")


def _why(search: Search, masses: Array) -> str:
    low, high = search.covered_masses()
    if _any_within(masses, low, high):
        return ""
    asked = f"{masses[0]:g} GeV" if len(masses) == 1 else f"{masses[0]:g} to {masses[-1]:g} GeV"
    doubt = ": are these MeV?" if _any_within(masses, low / _GEV_IN_MEV, high / _GEV_IN_MEV) else ""
    return f"says nothing about {asked}, since the table covers {low:g} to {high:g}{doubt or ' GeV'}"


def _any_within(masses: Array, low: float, high: float) -> bool:
    return bool(((masses >= low) & (masses <= high)).any())
