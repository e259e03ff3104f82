"""How long does a whole reach take, and how long would the plain way take at equal error?

Starts a fresh process for the reach of Belle II (60 masses, both searches, both ALP benchmarks) and times it whole,
imports included; then sums, for a few masses, the decay law over random events for every coupling, with as many
events as give the error of the aimed flights, and extrapolates to all masses. Run: python benchmarks/reach.py
"""

import subprocess
import sys
import time

import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios.sweeps.sweep import default_couplings

WHOLE = """
import numpy as np
from farflung.detectors import BelleII
from farflung.lpp import ALPFermion, ALPWeak
from farflung.scenarios import reach
for model in (ALPFermion(), ALPWeak()):
    reach(BelleII(), model, np.geomspace(0.01, 4.7, 60)).intervals()
"""
MASSES, MODELS, SEARCHES = 60, 2, 2
MOST = 2_000_000  # random events that are really summed; beyond, the time is scaled up


def whole_reach():
    """Best of three fresh processes [s]; the first one may still compile."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", WHOLE], check=True)
        times.append(time.perf_counter() - start)
    return times


def naive(belle2, model, mass, search, couplings, error):
    """Time [s] of the plain sum over random events and couplings at this relative error, and the events it takes."""
    ctau = model.ctau(mass, couplings)
    middle = ctau[np.argmin(np.abs(np.log(ctau)))]
    trial = belle2.acceptance(search, belle2.flights(model, mass, n=100_000, sampling="random"))
    events = int(100_000 * (float(trial.error(middle)) / float(trial(middle)) / error) ** 2)
    summed = min(events, MOST)
    start = time.perf_counter()
    flights = belle2.flights(model, mass, n=summed, sampling="random")
    solid = belle2.solid(belle2.search(search).solid)
    stretches = solid.stretches(flights.origin, flights.direction)
    first, last = stretches.start[:, 0] / flights.beta_gamma, stretches.stop[:, 0] / flights.beta_gamma
    for length in ctau:
        inside = np.exp(-first / length) - np.exp(-last / length)
        np.mean(inside if search == "displaced" else 1 - inside)
    return (time.perf_counter() - start) * events / summed, events


def main():
    times = whole_reach()
    print(f"whole reach, fresh process, 60 masses, 2 searches, 2 models: {', '.join(f'{t:.1f}' for t in times)} s")
    belle2, model = BelleII(), ALPFermion()
    couplings = default_couplings(model)
    plain = []
    for mass in (0.03, 0.3, 3.0):
        flights = belle2.flights(model, mass)
        for search in belle2.searches:
            acceptance = belle2.acceptance(search, flights)
            ctau = model.ctau(mass, couplings)
            middle = ctau[np.argmin(np.abs(np.log(ctau)))]
            error = float(acceptance.error(middle) / acceptance(middle))
            seconds, events = naive(belle2, model, mass, search, couplings, error)
            plain.append(seconds)
            print(
                f"plain sum at {mass:g} GeV, {search}: {events:.2g} events for an error of {error:.1e}, {seconds:.0f} s"
            )
    total = np.mean(plain) * MASSES * MODELS * SEARCHES
    print(f"plain sum for the whole reach, scaled from these: {total:.0f} s, {total / min(times):.0f} times as long")


if __name__ == "__main__":
    main()
