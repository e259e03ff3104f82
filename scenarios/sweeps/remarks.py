"""Lines that belong below a table or a picture of a result."""

import xarray as xr

from farflung.scenarios.sweeps.crossings import errors_at_edges
from farflung.scenarios.sweeps.one_mass import ENOUGH
from farflung.scenarios.sweeps.statistics import levels_sentence, notes_of, percent
from farflung.scenarios.sweeps.treatments import band_sentence


def remarks(data: xr.Dataset) -> list[str]:
    """On confidence levels, treatments, limits that rest on few flights, and the searches' notes."""
    told = [levels_sentence(data), band_sentence(data), few_flights(data)]
    return [*filter(None, told), *notes_of(data)]


def few_flights(data: xr.Dataset) -> str:
    """A sentence that names the searches with a statistical error of more than 5 % of the events at an edge."""
    worst = errors_at_edges(data)
    told = [
        f"{name} {percent(float(f'{error:.2g}'))} (at {mass:.3g} GeV)"
        for name, (error, mass) in worst.items()
        if error > ENOUGH
    ]
    if not told:
        return ""
    return f"statistical error of the events at an edge, at most: {', '.join(told)}; more flights (-n) make it smaller"
