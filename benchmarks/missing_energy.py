"""Speed of the missing-energy search, and its numbers beside the paper's. Run: python benchmarks/missing_energy.py.

With the packages of ``pip install 'farflung[generators]'`` also: fresh decays, background from nothing, continuum.
"""

import time

from farflung.detectors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy import (
    BENCHMARK_MASSES,
    Background,
    BackgroundSample,
    Continuum,
    DecayGenerator,
    PairedBackground,
    Selection,
    SignalSimulation,
    optimise,
)
from farflung.detectors.experiments.belle2_missing_energy.make_tables import hard_decays
from farflung.detectors.searches.poisson_limit import signal_upper_limit

PAPER = {0.005: (7802, 1442, 1091), 0.3: (7823, 1453, 1022), 1.0: (7737, 1460, 770), 3.0: (7568, 1649, 0)}


def signal(simulation: SignalSimulation) -> None:
    simulation.simulate(0.3, 10_000)
    start = time.perf_counter()
    simulation.simulate(0.3, 2_000_000)
    print(f"signal: {2 / (time.perf_counter() - start):.1f} M events/s")
    print("m_a [GeV]  N_signal  N_misrec -> N_signal  (paper)")
    for mass in BENCHMARK_MASSES:
        counts = simulation.simulate(mass, 1_000_000).counts(Selection())
        before = f"{counts.signal_before:9.0f} {counts.misreconstructed_before:9.0f}"
        print(f"{mass:8g} {before} -> {counts.signal_after:7.1f}  {PAPER.get(mass, '')}")


def background() -> list[BackgroundSample]:
    samples = []
    for parent in ("B+", "B0"):
        for pairs in (10_000_000, 50_000_000):
            start = time.perf_counter()
            sample = PairedBackground(parent).sample(pairs)
            print(f"{sample.rate(Selection())}: {time.perf_counter() - start:.1f} s")
        samples.append(sample)
    return samples


def cuts(simulation: SignalSimulation, samples: list[BackgroundSample]) -> None:
    for mass in (0.005, 0.3, 0.5, 1.0, 2.0, 3.0):
        best = optimise(simulation.simulate(mass, 200_000), samples, 50.0)
        print(f"cuts for {mass:g} GeV: gain {best.gain:.2f}, {best.start} -> {best.merit}")


def from_nothing(n: int = 500_000) -> None:
    start = time.perf_counter()
    decays = DecayGenerator(seed=11).decays("B+", n)
    made = time.perf_counter() - start
    sample = PairedBackground("B+", decays=decays, hard=hard_decays(decays, 1)).sample(10_000_000)
    print(f"{n} fresh decays in {made:.0f} s, with 10 M pairs {time.perf_counter() - start:.0f} s: ", end="")
    print(sample.rate(Selection()))


def continuum(n: int = 200_000) -> None:
    rates = []
    for i, flavour in enumerate(("u", "d", "s", "c", "tau")):
        start = time.perf_counter()
        rates.append(Continuum(flavour, seed=100 + i).sample(n).rate(Selection()))
        print(f"{rates[-1]}: {n / (time.perf_counter() - start):.0f} events/s")
    total = Background(rates)
    print(f"literal continuum at 50 ab^-1: {total.events(50):.3g} +- {total.error(50):.2g} events,", end=" ")
    print(f"limit {signal_upper_limit(total.events(50)):.0f} signal events")


if __name__ == "__main__":
    one = SignalSimulation()
    signal(one)
    cuts(one, background())
    try:
        from_nothing()
        continuum()
    except DetectorError as missing:
        print(missing)
