"""Decay points that move with the lifetime."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Acceptance
from farflung.detectors.acceptance.decay_law import decay_probability, proper_distances
from farflung.geometry import Solid
from farflung.viz.decay_kinds import DecayKind
from farflung.viz.decay_sampling import shared_out
from farflung.viz.pages.decay_shares import shares_alone
from farflung.viz.pages.packed import packed
from farflung.viz.weighed_decays import share

Array = NDArray[np.float64]

_LEAST = 1 / 5
"""Every kind of decay gets this share of the points, or more: what is seldom is what one looks for."""

_WORTH_SAYING = 5e-4
"""Share of decays that must be out of the picture for it to be said."""


def gliding_points(
    kinds: Sequence[DecayKind], within: Solid, ctau: Array, *, drawn: int, shown: int, seed: int
) -> list[dict[str, Any]]:
    """Stretches of flights on which a page draws decays of each kind, at any of the lifetimes, by importance.

    A stretch is drawn with the chance q that is the average, over the lifetimes, of its share in all decays of its
    kind. At one lifetime it stands for v [exp(-u_in/ctau) - exp(-u_out/ctau)], where v = weight/q and u are proper
    distances: a page shows it with a chance in proportion to that, so that all points of a kind stand for the same
    share of decays, and puts the decay where a number that belongs to the stretch says by the law of decay.

    Parameters
    ----------
    kinds
        The kinds of decays.
    within
        Region in which points are wanted.
    ctau
        Lifetimes (n,) [m].
    drawn, shown
        How many stretches are drawn of all kinds, and how many points are wanted at one lifetime, about.
    seed
        Seed.

    Returns
    -------
    list of dict
        For each kind ``stretches``, 9 packed numbers for each: where it begins (z, x, y) and ends [m], the proper
        distance [m] to its beginning, its proper length [m], v; ``counts`` (n,) of points wanted; and ``beyond`` (n,),
        which share of all decays is of this kind and out of the region, in words.
    """
    random = np.random.default_rng([seed, 1])  # another stream than that of the flights, which has the bare seed
    chances, found = [], []
    for kind in kinds:
        flights = kind.flights
        stretches = kind.alone & within.stretches(flights.origin, flights.direction)
        flight, piece = np.nonzero(np.isfinite(stretches.start))
        ends = np.stack([stretches.start[flight, piece], stretches.stop[flight, piece]])
        start, stop = (proper[flight, piece] for proper in proper_distances(flights, stretches))
        weight = flights.weight[flight]
        chance = decay_probability(start, stop - start, ctau) * weight
        total = chance.sum(axis=1)
        chances.append(np.asarray(Acceptance(flights, stretches)(ctau)))
        used = total > 0
        if not used.any():
            found.append(np.empty((0, 9)))
            continue
        importance = (chance[used] / total[used, None]).mean(axis=0)
        count = drawn // len(kinds)
        sums = np.cumsum(importance)
        # evenly spaced, so that no part of the flights has more points than it should
        chosen = np.searchsorted(sums, (np.arange(count) + random.random()) / count * sums[-1], side="right")
        chosen = np.minimum(chosen, np.flatnonzero(importance)[-1])
        origin, direction = flights.origin[flight[chosen]], flights.direction[flight[chosen]]
        places = [(origin + end[chosen, None] * direction)[:, [2, 0, 1]] for end in ends]
        value = weight[chosen] / (importance[chosen] * count)
        found.append(np.column_stack([*places, start[chosen], (stop - start)[chosen], value]))
    counts = np.array([shared_out(shown, in_region, _LEAST) for in_region in np.transpose(chances)])
    beyond = np.array(shares_alone(kinds, ctau)) - chances
    return [
        {
            "stretches": packed(rows),
            "counts": counts[:, order].tolist(),
            "beyond": [f"{share(away)} out of the picture" if away >= _WORTH_SAYING else "" for away in beyond[order]],
        }
        for order, rows in enumerate(found)
    ]
