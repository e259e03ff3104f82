"""How well do far detectors know their events, and how many random flights would they need?

Prints, for far detectors at one mass, the smallest and the largest excluded coupling and the relative statistical
errors of the events there and of the couplings themselves, as each detector's own sample size gives them; and, by the
spread over seeds at the lifetime of the smallest coupling, how many times as many random flights as aimed ones would
know as well how often decays are in the right place. Run: python benchmarks/far_flights.py
"""

import numpy as np

from farflung.detectors import Acceptance, make_detector
from farflung.lpp import make_model
from farflung.scenarios import events_of_pair
from farflung.scenarios.sweeps.signal import kinematically_open

CASES = [
    ("charm", "decays", "alp-photon", 0.05),
    ("charm", "decays", "alp-fermion", 0.3),
    ("nucal", "decays", "alp-photon", 0.05),
    ("e137", "decays", "alp-photon", 0.05),
    ("na62-dump", "decays", "alp-weak", 0.1),
    ("na62-dump", "decays", "dark-scalar", 0.4),
    ("lhcb", "displaced", "alp-fermion", 0.6),
    ("belle2", "displaced", "alp-fermion", 0.3),
]
SEEDS = range(12)
N = 4096


def edges(detector, search, model, mass):
    """Couplings at which the events cross the limit, with errors of events and couplings."""
    couplings = np.geomspace(*model.coupling_range, 401)
    events, error = events_of_pair(detector, search, model, mass, couplings)
    inside = np.flatnonzero(events > search.upper_limit(mass))
    slope = np.gradient(np.log(np.maximum(events, 1e-300)), np.log(couplings))
    for at in (inside[0], inside[-1]):
        relative = error[at] / events[at]
        yield couplings[at], relative, relative / abs(slope[at])


def random_needed(detector, search, model, mass):
    """How many times as many random flights are as precise as aimed ones, at the lifetime of the smallest coupling."""
    ctau = model.ctau(mass, next(edges(detector, search, model, mass))[0])
    process = kinematically_open(detector.processes(search, model), mass)[0]
    spread = {}
    for how, n in (("aimed", N), ("random", 16 * N)):
        values = []
        for seed in SEEDS:
            flights = detector.flights(model, mass, process=process, n=n, seed=seed, sampling=how)
            stretches = detector.solid(search.solid).stretches(flights.origin, flights.direction)
            values.append(float(Acceptance(flights, stretches)(ctau)))
        spread[how] = np.std(values, ddof=1)
    return 16 * (spread["random"] / spread["aimed"]) ** 2


def main():
    head = "".join(f" {edge:>10} {'events':>8} {'coupling':>8}" for edge in ("smallest", "largest"))
    print(f"{'':30}{head} {'random':>9}")
    for name, search_name, model_name, mass in CASES:
        detector, model = make_detector(name), make_model(model_name)
        search = detector.search(search_name)
        row = "".join(f" {c:10.3g} {e:8.2%} {g:8.3%}" for c, e, g in edges(detector, search, model, mass))
        needed = random_needed(detector, search, model, mass)
        print(f"{name:8} {model_name:12} {mass:4g} GeV{row} {needed:8.0f}x")


if __name__ == "__main__":
    main()
