"""Expected signal of one search for one model at one mass."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors import Acceptance, Detector, Process, Search
from farflung.detectors.registry import as_detector
from farflung.detectors.searches.products.decay_selection import DecayMixture
from farflung.lpp import CouplingError, Flights, MassRangeError, Model, Sampling, final_state
from farflung.lpp.arguments import number, numbers
from farflung.lpp.models.registered import as_model
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.samples import size_for

Array = NDArray[np.float64]

Draw = Callable[[Process, float, int], Flights]
"""Flights from a process, with this part of all flights, from a seed."""

SEED_STEP = 1_000_003
"""Between the seeds of a search's processes, whose samples are independent so that their errors average out."""


def looks_for(search: Search, model: Model) -> bool:
    """Whether the model has one of the final states that the search counts."""
    if not search.final_states:
        return True
    return bool(set(search.final_states) & set(model.final_states()))


def kinematically_open(processes: Sequence[Process], mass: float) -> tuple[Process, ...]:
    """Those of the processes that can make the mass [GeV]."""
    return tuple(process for process in processes if process.can_make(mass))


def events_of_pair(
    detector: Detector | str,
    search: Search | str,
    model: Model | str,
    mass: float,
    couplings: ArrayLike,
    *,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
) -> tuple[Array, Array]:
    """Expected signal events of one search at one mass, and their statistical error.

    Parameters
    ----------
    detector, search, model
        What looks for what, as objects or names. As in a sweep, processes that cannot make the mass do not contribute.
    mass
        Mass [GeV].
    couplings
        Couplings (c,), in the model's unit.
    n, seed, sampling
        As in `Detector.flights`.

    Returns
    -------
    events, error
        (c,) each; in units of the limit for a `farflung.detectors.PublishedLimit`.

    Raises
    ------
    PhysicsError
        If the model cannot treat the mass, has nothing that makes it or no final state that counts, or a coupling
        makes no sense.
    """
    detector, model = as_detector(detector), as_model(model)
    mass, search = number("mass", mass, MassRangeError), detector.search(search)
    coupling_axis = numbers("couplings", couplings, CouplingError)
    processes = detector.processes(search, model)
    if not processes:
        # says what is wrong
        detector.flights(model, mass, process=next(iter(search.processes), None))
    usable = kinematically_open(processes, mass)
    if not usable:
        max(processes, key=lambda process: process.max_mass).require(mass)

    def draw(process: Process, part: float, seed: int) -> Flights:
        size = part_of(size_for(detector, n, sampling), part)
        return detector.flights_from(process, mass, search=search, n=size, seed=seed, sampling=sampling)

    return expected_events(detector, search, usable, model, mass, coupling_axis, draw, seed)


def part_of(n: int, part: float) -> int:
    """Flights for a part, 0 to 1, of a sample of n: n halved as often as twice that part allows, at least 512."""
    halves = max(0, int(np.floor(np.log2(1 / max(2 * part, 1e-9)))))
    return max(n >> halves, min(n, 512))


def expected_events(
    detector: Detector,
    search: Search,
    processes: Sequence[Process],
    model: Model,
    mass: float,
    couplings: Array,
    draw: Draw,
    seed: int,
    known: "Known | None" = None,
) -> tuple[Array, Array]:
    """`events_of_pair` for given processes, with flights from a function of the process, its part, and a seed.

    What is known from an earlier call that differs in nothing but the couplings is used again.

    It is the sum over processes and final states of what is made, times the branching ratio, times the probability
    that it is seen. Where the branching ratios do not depend on the coupling, all final states share one sample of
    decays; where the rates of the processes have the same power of the coupling, those whose particles are selected
    alike share one sample of flights.
    """
    known = Known() if known is None else known
    ratios, ctau = known.decays(model, mass, couplings)
    if search.final_states and not set(search.final_states) & set(ratios):
        model.require_final_state(*search.final_states)
    events, spread = np.zeros(couplings.shape), np.zeros(couplings.shape)
    for members in _treated_alike(search, processes, model, mass, ratios):
        chosen = [processes[i] for i in members]
        made = [search.normalisation(detector.source, model, process, mass, couplings) for process in chosen]
        total = sum(made)
        # shares in the sample are the same at all couplings
        at = 1.0 if model.production_power is not None else couplings[np.argmax(total)]
        rates = [float(search.normalisation(detector.source, model, process, mass, at)) for process in chosen]
        if not any(rates):
            continue
        drawn = _Once(partial(_together, draw, chosen, rates, [seed + SEED_STEP * i for i in members]))
        error = np.zeros(couplings.shape)
        for shares in _of_one_sample(_selected(search, chosen[0], mass, ratios)):
            key = (*members, *shares)
            if search.solid and key not in known.acceptances:
                known.acceptances[key] = _acceptance(detector, search, model, shares, drawn())
            probability, deviation = _seen(search, shares, ctau, known.acceptances.get(key))
            events += total * probability
            error = error + total * deviation
        missed = np.asarray(total * _unseen(search, chosen[0], mass, ratios))
        if search.beside and missed.any():
            # what never decays visibly is as if it lived for ever
            key = (*members, "unseen")
            if key not in known.acceptances:
                known.acceptances[key] = detector.acceptance(search, drawn())
            found, deviation = known.acceptances[key].mean_and_error(np.inf)
            error = error + missed * deviation
            missed = missed * found
        events += missed
        # final states share the flights, and so their errors
        spread = np.hypot(spread, error)
    unit = search.unit(mass, ctau)
    events, error = events / unit, spread / unit
    if not (np.isfinite(events) & (events >= 0)).all():
        raise ScenarioError(
            f"events of {detector.name}:{search.name} at mass = {mass:g} GeV are not all finite and >= 0"
        )
    return events, error


class Known:
    """What does not depend on the coupling, of one search, model and mass: kept from one question to the next.

    Attributes
    ----------
    acceptances
        By the numbers of the processes and the final states that share a sample.
    """

    def __init__(self) -> None:
        self.acceptances: dict[tuple[object, ...], Acceptance] = {}
        self._at_one: tuple[dict[str, Array], Array] | None = None

    def decays(self, model: Model, mass: float, couplings: Array) -> tuple[dict[str, Array], Array]:
        """Branching ratio of each final state, a number or (couplings,), and c tau (couplings,) [m]."""
        if model.width_power is None:
            return model.branching_ratios(mass, couplings), model.ctau(mass, couplings)
        if self._at_one is None:
            ratios = {state: np.asarray(float(ratio)) for state, ratio in model.branching_ratios(mass).items()}
            self._at_one = ratios, model.ctau(mass)
        ratios, ctau = self._at_one
        with np.errstate(divide="ignore", over="ignore"):
            return ratios, np.asarray(ctau / couplings**model.width_power)


def _treated_alike(
    search: Search, processes: Sequence[Process], model: Model, mass: float, ratios: Mapping[str, Array]
) -> list[list[int]]:
    """Indices of the processes that make one sample: those selected alike, whose shares in it are always the same."""
    if model.production_power is None:
        return [[i] for i in range(len(processes))]
    alike: dict[tuple[object, ...], list[int]] = {}
    for i, process in enumerate(processes):
        unseen = [state for state in ratios if final_state(state).is_invisible]
        states = [*unseen, *_selected(search, process, mass, ratios)]
        efficiency = tuple((state, float(search.efficiency_at(mass, state, process))) for state in states)
        alike.setdefault((efficiency, process.recoil if search.beside else ()), []).append(i)
    return list(alike.values())


class _Once:
    """A function without arguments that is called once, when it is first needed."""

    def __init__(self, function: Callable[[], Flights]) -> None:
        self._function = function
        self._result: Flights | None = None

    def __call__(self) -> Flights:
        if self._result is None:
            self._result = self._function()
        return self._result


def _together(draw: Draw, processes: Sequence[Process], rates: Sequence[float], seeds: Sequence[int]) -> Flights:
    """One sample of the particles from several processes that make them at these rates.

    A process gets flights as the root of its rate: what is rare takes part with few of them.
    """
    total, roots = sum(rates), sum(np.sqrt(rates))
    parts = [(p, rate / total, np.sqrt(rate) / roots, s) for p, rate, s in zip(processes, rates, seeds, strict=True)]
    samples = [(draw(process, part, s), share) for process, share, part, s in parts if share > 0]
    return samples[0][0] if len(processes) == 1 else Flights.together(*zip(*samples, strict=True))


def _selected(search: Search, process: Process, mass: float, ratios: Mapping[str, Array]) -> dict[str, Array]:
    """Branching ratio times efficiency of the visible final states that count: a number each, or (couplings,)."""
    selected = {
        state: ratios.get(state, np.asarray(0.0)) * float(search.efficiency_at(mass, state, process))
        for state in search.states_seen(mass, tuple(ratios))
        if not final_state(state).is_invisible
    }
    return {state: share for state, share in selected.items() if np.any(share > 0)}


def _of_one_sample(selected: Mapping[str, Array]) -> list[dict[str, Array]]:
    """Final states whose decays may share a sample: all, unless their ratios depend on the coupling."""
    if any(share.ndim for share in selected.values()):
        return [{state: share} for state, share in selected.items()]
    return [dict(selected)] if selected else []


def _unseen(search: Search, process: Process, mass: float, ratios: Mapping[str, Array]) -> Array:
    """Share of what decays invisibly: who looks for nothing finds it wherever (arXiv:2201.06580, eq. 3.4)."""
    shares = [
        ratio * float(search.efficiency_at(mass, state, process))
        for state, ratio in ratios.items()
        if final_state(state).is_invisible and (not search.final_states or state in search.final_states)
    ]
    return np.asarray(sum(shares) if search.decays == "outside" else 0.0)


def _acceptance(
    detector: Detector, search: Search, model: Model, shares: Mapping[str, Array], flights: Flights
) -> Acceptance:
    """Probability, for any c tau, that a particle is seen that decays to final states with these shares."""
    if search.products is None:
        return detector.acceptance(search, flights)
    weights = dict.fromkeys(shares, 1.0) if _varying(shares) else {s: float(share) for s, share in shares.items()}
    elements = {state: element for state in shares if (element := model.matrix_element(state)) is not None}
    mixture = replace(search, products=DecayMixture(search.products, weights, elements))
    return detector.acceptance(mixture, flights, next(iter(shares)))


def _seen(
    search: Search, shares: Mapping[str, Array], ctau: Array, acceptance: Acceptance | None
) -> tuple[Array, Array]:
    """Probability that a particle is seen as the search sees it, and its error, for each c tau."""
    total = sum(shares.values())
    if acceptance is None:
        return np.broadcast_to(total, ctau.shape), np.zeros(ctau.shape)
    probability, deviation = acceptance.mean_and_error(ctau)
    if search.products is None or _varying(shares):
        return total * probability, total * deviation
    return probability, deviation


def _varying(shares: Mapping[str, Array]) -> bool:
    """Whether a final state has all the decays of its own sample, since its share depends on the coupling."""
    return len(shares) == 1 and bool(next(iter(shares.values())).ndim)
