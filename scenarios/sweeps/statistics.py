"""Confidence levels, uncertainties of backgrounds and notes of the searches of a result, and what is said of them."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import xarray as xr

from farflung.detectors.searches.poisson_limit import checked_level, checked_uncertainty
from farflung.scenarios.sweeps.pairs import Pair

UNSTATED = "unstated"
"""A confidence level that is not known."""

_ASKED = "confidence_level"
"""Attribute with the level that all counting searches were put at."""


def at_statistics(
    pairs: Sequence[Pair], confidence_level: float | None = None, background_uncertainty: float | None = None
) -> list[Pair]:
    """The pairs at another confidence level, or with another uncertainty of their backgrounds; None keeps their own.

    Published limits stay what they are.

    Raises
    ------
    DetectorError
        If a number is out of its range.
    """
    level = None if confidence_level is None else checked_level(confidence_level)
    uncertainty = None if background_uncertainty is None else checked_uncertainty(background_uncertainty)
    return [pair._replace(search=pair.search.with_statistics(level, uncertainty)) for pair in pairs]


def statistics_of(pairs: Sequence[Pair]) -> dict[str, tuple[str, list[object]]]:
    """Coordinates of a result along its searches: their confidence levels (NaN if not known) and uncertainties."""
    levels = [np.nan if pair.search.confidence_level is None else pair.search.confidence_level for pair in pairs]
    return {
        "confidence_level": ("search", list(levels)),
        "background_uncertainty": ("search", [pair.search.background_uncertainty for pair in pairs]),
        "note": ("search", [pair.search.note for pair in pairs]),
    }


def statistics_attributes(pairs: Sequence[Pair], asked: float | None = None) -> dict[str, str]:
    """Attributes of a result: the confidence level of each search, the one that was asked for, and uncertainties."""
    searches = [pair.search for pair in pairs]
    levels = [UNSTATED if search.confidence_level is None else f"{search.confidence_level:g}" for search in searches]
    found = {"confidence_levels": ", ".join(levels)}
    if asked is not None:
        found[_ASKED] = f"{asked:g}"
    if any(search.background_uncertainty for search in searches):
        found["background_uncertainties"] = ", ".join(f"{search.background_uncertainty:g}" for search in searches)
    return found


def common_level(data: xr.Dataset) -> float:
    """The level that was asked for, or else the one that most searches have, the lowest of these; NaN if none is known.

    Parameters
    ----------
    data
        What `farflung.scenarios.sweep` or `lifetime_plane` returns.
    """
    if _ASKED in data.attrs:
        return float(data.attrs[_ASKED])
    known = Counter(sorted(level for level in levels(data).values() if np.isfinite(level)))
    return known.most_common(1)[0][0] if known else np.nan


def other_levels(data: xr.Dataset) -> dict[str, str]:
    """Searches that are not at the common level, each with its own, as in ``"95 %"``."""
    common = percent(common_level(data))
    return {name: percent(level) for name, level in levels(data).items() if percent(level) != common}


def levels_sentence(data: xr.Dataset) -> str:
    """A sentence that names the searches at another level than the common one; empty if there are none."""
    told: dict[str, list[str]] = {}
    for name, level in other_levels(data).items():
        told.setdefault(level, []).append(name)
    if not told:
        return ""
    unstated = told.pop(UNSTATED, [])
    each = [f"{_listed(names)} {'are' if len(names) > 1 else 'is'} at {level}" for level, names in told.items()]
    each += [f"that of {_listed(unstated)} is not stated"] if unstated else []
    each += ["a published limit cannot be moved to another"] if _ASKED in data.attrs else []
    common = percent(common_level(data))
    head = (
        f"confidence levels of {_listed([common, *told])} are mixed"
        if told
        else f"not every confidence level is {common}"
    )
    return f"{head}: {'; '.join(each)}"


def notes_of(data: xr.Dataset) -> list[str]:
    """How well backgrounds are known, if not exactly, and the searches' notes: each once, after the searches' names."""
    told: dict[str, list[str]] = {}
    if "background_uncertainty" in data.coords:
        for name, uncertainty in zip(data["search"].values, data["background_uncertainty"].values, strict=True):
            if uncertainty:
                told.setdefault(f"background known to {percent(float(uncertainty))}", []).append(str(name))
    if "note" in data.coords:
        for name, note in zip(data["search"].values, data["note"].values, strict=True):
            if note:
                told.setdefault(str(note), []).append(str(name))
    return [f"{', '.join(names)}: {note}" for note, names in told.items()]


def percent(level: float) -> str:
    """As in ``"95 %"``; `UNSTATED` for NaN."""
    return f"{100 * level:.4g} %" if np.isfinite(level) else UNSTATED


def levels(data: xr.Dataset) -> dict[str, float]:
    """Confidence level of each search; NaN where it is not known."""
    names = [str(name) for name in data["search"].values]
    if "confidence_level" in data.coords:
        return dict(zip(names, map(float, data["confidence_level"].values), strict=True))
    # a result of an earlier version has the attribute alone
    said = str(data.attrs.get("confidence_levels", UNSTATED)).split(", ")
    return dict(zip(names, [np.nan if text == UNSTATED else float(text) for text in said], strict=False))


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
