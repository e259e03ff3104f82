"""How many random flights do 4,096 aimed ones replace?

Prints, for six masses and lifetimes and both searches of Belle II, the acceptance, the error of 4,096 aimed flights and
of as many random ones (root mean square over seeds, against 2^18 aimed flights), and the number of random flights
that would be as precise. Run: python benchmarks/aimed_flights.py
"""

import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion

POINTS = [(0.1, 0.01), (0.3, 0.1), (0.3, 1.0), (1.0, 1.0), (3.0, 0.01), (3.0, 1.0)]
N = 4096
SEEDS = range(16)


def main():
    belle2, model = BelleII(), ALPFermion()
    print(
        f"{'mass':>5} {'c tau':>6} {'search':>10} {'acceptance':>11} {'aimed':>9} {'random':>9} {'random needed':>14}"
    )
    for mass, ctau in POINTS:
        reference = belle2.flights(model, mass, n=2**18, seed=12345)
        samples = {
            how: [belle2.flights(model, mass, n=N, seed=seed, sampling=how) for seed in SEEDS]
            for how in ("aimed", "random")
        }
        for search in belle2.searches:
            truth = float(belle2.acceptance(search, reference)(ctau))
            error = {}
            for how, flights in samples.items():
                values = np.array([float(belle2.acceptance(search, f)(ctau)) for f in flights])
                error[how] = np.sqrt(np.mean((values / truth - 1) ** 2))
            needed = N * (error["random"] / error["aimed"]) ** 2
            print(
                f"{mass:5g} {ctau:6g} {search:>10} {truth:11.5f} {error['aimed']:9.1e} {error['random']:9.1e} "
                f"{needed:14.2g}  ({needed / N:.0f} times as many)"
            )
    print("\nweights of aimed flights, summed")
    for mass in (0.001, 0.01, 0.1, 0.3, 1, 2, 3, 3.6, 4, 4.5, 4.7):
        print(f"{mass:6g} GeV  {belle2.flights(model, mass).weight.sum():.6f}")


if __name__ == "__main__":
    main()
