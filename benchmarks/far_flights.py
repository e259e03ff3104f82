"""How many flights do far detectors need to know their events to a thousandth, and what does that cost?

For each detector, model and mass, at the smallest coupling that it excludes: the number of flights, doubled until the
statistical error of the events is 1e-3, and the CPU time of one sample of so many, compiling left out. Beside it the
same for plain aimed flights, which do not learn from pilots where they matter, each with its even share of the decays.
Where the largest number of flights is not enough, a star stands before the error that is left. Then how often the
events of 30 seeds, at the detector's own number of flights, are within one and within two of their quoted errors, over
four lifetimes: beside the smallest coupling that is excluded, where most is expected, between both, and at the largest.

Run: python benchmarks/far_flights.py [DETECTOR ...]
"""

import sys
import time
from contextlib import ExitStack
from unittest.mock import patch

import numpy as np

from farflung.detectors import make_detector
from farflung.lpp import make_model
from farflung.scenarios import events_of_pair

CASES = [
    ("lhcb", "displaced", "alp-fermion", (0.3, 1.0)),
    ("lhcb", "displaced", "dark-scalar", (0.3, 1.0)),
    ("na62", "invisible", "alp-fermion", (0.1, 0.3)),
    ("na62-dump", "decays", "alp-photon", (0.1, 0.3)),
    ("na62-dump", "decays", "dark-scalar", (0.3,)),
    ("charm", "decays", "alp-photon", (0.1,)),
    ("charm", "decays", "alp-fermion", (0.3,)),
    ("nucal", "decays", "alp-photon", (0.1,)),
    ("e137", "decays", "alp-photon", (0.1,)),
    ("faser2", "decays", "alp-photon", (0.1, 0.3)),
    ("faser2", "decays", "dark-scalar", (0.3, 1.0)),
    ("ship", "decays", "alp-photon", (0.1, 0.3)),
    ("ship", "decays", "dark-scalar", (0.3, 1.0)),
    ("mathusla", "decays", "dark-scalar", (0.3, 1.0)),
]
PRECISION = 1e-3
FEWEST, MOST = 2**14, 2**20
SEEDS = range(101, 131)


def ways():
    """Both ways to draw, and what each of them needs changed."""
    yield "learnt", ()
    plain = patch("farflung.detectors.detector.learnt", lambda *_: "aimed")
    even = patch(
        "farflung.detectors.acceptance.decay_acceptance.shares_in_decays",
        lambda start, length, weight: np.full(len(start), 1 / max(1, len(start))),
    )
    yield "plain", (plain, even)


def needed(detector, search, model, mass, coupling):
    """Flights that are needed, CPU time of a sample of so many [s], and the error that they have."""
    n = FEWEST
    while True:
        begun = time.process_time()
        events, error = events_of_pair(detector, search, model, mass, coupling, n=n)
        took, relative = time.process_time() - begun, float(error[0] / events[0])
        if relative <= PRECISION or n == MOST:
            return n, took, relative
        n *= 2


def covered(detector, search, model, mass, couplings):
    """Shares of samples within one and two quoted errors, the root of the mean squared pull, and the spread."""
    found = [events_of_pair(detector, search, model, mass, couplings, seed=seed) for seed in SEEDS]
    events, error = np.swapaxes(found, 0, 1)
    pulls = (events - events.mean(axis=0)) / error / np.sqrt(1 - 1 / len(SEEDS))
    return [(np.abs(pulls) < 1).mean(), (np.abs(pulls) < 2).mean(), np.sqrt((pulls**2).mean())]


def main():
    """Print a line for each detector, model and mass."""
    wanted = sys.argv[1:]
    for name, search_name, model_name, masses in CASES:
        if wanted and name not in wanted:
            continue
        detector, model = make_detector(name), make_model(model_name)
        search = detector.search(search_name)
        for mass in masses:
            scan = np.geomspace(*model.coupling_range, 201)
            events, _ = events_of_pair(detector, search, model, mass, scan)
            inside = np.flatnonzero(events > search.upper_limit(mass))
            if not len(inside):
                print(f"{name:9} {model_name:11} {mass:4g} GeV excludes nothing")
                continue
            low, most, high = scan[inside[0]], scan[np.argmax(events)], scan[inside[-1]]
            row = ""
            for way, patches in ways():
                with ExitStack() as stack:
                    for each in patches:
                        stack.enter_context(each)
                    n, took, left = needed(detector, search, model, mass, [low])
                enough = " " if left <= PRECISION else "*"
                row += f"  {way} {n:8} {took:6.2f} s {enough}{left:7.2%}"
            one, two, rms = covered(detector, search, model, mass, [low, most, np.sqrt(most * high), high])
            pulls = f"within 1, 2: {one:.0%}, {two:.0%}, pulls {rms:.2f}"
            print(f"{name:9} {model_name:11} {mass:4g} GeV{row}  {pulls}", flush=True)


if __name__ == "__main__":
    main()
