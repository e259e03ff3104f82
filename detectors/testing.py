"""Checks that every detector must pass; derive from `DetectorContract` to test a detector of your own."""

import pickle
from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.acceptance.acceptance import Acceptance
from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.geometry.testing import check_rays
from farflung.lpp import Flights, Parents, Process, Sampling, TwoBodyDecay
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]

_CTAU = np.geomspace(1e-4, 1e4, 25)


class DetectorContract(ABC):
    """Tests that any detector must pass.

    Derive from it in a test file, call the class ``Test...`` and write `make_detector`.

    Attributes
    ----------
    masses
        Masses [GeV] of the long-lived particle with which the searches are tried; those that a process cannot make
        are left out.
    """

    masses: tuple[float, ...] = (0.05, 0.3, 2.0)

    @abstractmethod
    def make_detector(self) -> Detector:
        """A new detector."""

    def _cases(self, sampling: str = "aimed", n: int = 2048) -> list[tuple[Detector, Search, Flights]]:
        detector = self.make_detector()
        return [
            (detector, search, self._draw(detector, search, mass, sampling, n, seed=1, process=process))
            for search in self._with_a_place(detector)
            for process in self._kinds(detector, search)
            for mass in self.masses
            if mass < process.max_mass
        ]

    @staticmethod
    def _kinds(detector: Detector, search: Search) -> list[Process]:
        """The first process of each kind that the search counts: decays, reactions.

        A search that names none is asked for the reactions of its source, and for a decay of its lightest parent.
        """
        source = detector.source.part(search.source)
        if search.processes:
            candidates = list(search.processes)
        else:
            parents = sorted(source._yields(), key=sm.mass)
            candidates = [*source._reactions(), *(TwoBodyDecay(parent, "gamma") for parent in parents)]
        kinds: dict[type, Process] = {}
        for process in candidates:
            kinds.setdefault(type(process), process)
        return list(kinds.values())

    @staticmethod
    def _with_a_place(detector: Detector) -> list[Search]:
        """All searches but those that take a published limit as it is, wherever the particle decays."""
        return [search for search in detector.searches.values() if search.solid]

    @staticmethod
    def _draw(
        detector: Detector,
        search: Search,
        mass: float,
        sampling: str,
        n: int,
        seed: int,
        process: Process | None = None,
    ) -> Flights:
        how: Sampling = "random" if sampling == "random" else "aimed"
        chosen = process or DetectorContract._kinds(detector, search)[0]
        return detector.flights_from(chosen, mass, search=search, n=n, seed=seed, sampling=how)

    def test_says_what_it_is(self) -> None:
        """Name, title, references, searches with titles, and a repr that makes it again."""
        detector = self.make_detector()
        assert detector.name == detector.name.lower()
        assert not set(detector.name) & set(": ,")
        assert detector.title
        assert detector.references, "a detector without references is a rumour"
        assert detector.searches
        assert all(search.title for search in detector.searches.values())
        assert type(detector).__name__ in repr(detector)
        assert type(detector).__doc__

    def test_treatments_are_the_same_detector(self) -> None:
        """The detector itself comes first; others differ from it, and share its name and its searches."""
        detector = self.make_detector()
        first, *others = detector.treatments()
        assert first is detector
        told = [repr(treatment) for treatment in (first, *others)]
        assert len(set(told)) == len(told), told
        for other in others:
            assert type(other) is type(detector)
            assert (other.name, list(other.searches)) == (detector.name, list(detector.searches))
            assert set(other.source.initials()) == set(detector.source.initials())

    def test_parents_are_what_they_are_called(self) -> None:
        """Numbers of parents are finite and not negative; they have the masses of their names, and weights of 1/n."""
        source = self.make_detector().source
        points = np.random.default_rng(3).random((64, 8))
        for name in source.initials():
            offer = source.offer(name)
            if isinstance(offer, Parents):
                assert np.isfinite(offer.number), name
                assert offer.number >= 0, name
                parents = offer.draw(points[:, : offer.dimension])
                assert len(parents) == len(points), name
                np.testing.assert_allclose(parents.mass, sm.mass(name), rtol=1e-9, err_msg=name)
                np.testing.assert_allclose(parents.weight.sum(), 1, rtol=1e-9, err_msg=name)

    def test_probabilities_lie_between_zero_and_one(self) -> None:
        """And so do the efficiencies; errors are finite and never negative."""
        for detector, search, flights in self._cases():
            probability, error = detector.acceptance(search, flights).mean_and_error(_CTAU)
            assert (probability >= 0).all()
            assert (probability <= 1).all()
            assert np.isfinite(error).all()
            assert (error >= 0).all()
            assert 0 <= float(search.efficiency_at(flights.mass)) <= 1

    def test_inside_and_outside_add_to_all(self) -> None:
        """A particle decays inside a solid or outside of it."""
        for detector, search, flights in self._cases():
            stretches = detector.solid(search.solid).stretches(flights.origin, flights.direction)
            inside = Acceptance(flights, stretches)(_CTAU)
            outside = Acceptance(flights, stretches, outside=True)(_CTAU)
            total = float(flights.weight.sum()) if flights.complete else 1.0
            # weights may sum to somewhat more than 1, but a probability ends there
            cut = (total > 1) & (np.maximum(inside, outside) == 1)
            np.testing.assert_allclose((inside + outside)[~cut], total, rtol=1e-9)
            assert ((inside + outside)[cut] <= total * (1 + 1e-9)).all()

    def test_has_the_limits_of_short_and_long_lifetimes(self) -> None:
        """Nothing decays inside when it lives for ever, nor away from its origin when it lives not at all."""
        for detector, search, flights in self._cases():
            solid = detector.solid(search.solid)
            stretches = solid.stretches(flights.origin, flights.direction)
            inside = Acceptance(flights, stretches)
            born_inside = min(1.0, float((stretches.start[:, 0] == 0) @ flights.weight))
            endless = np.isinf(stretches.stop) & np.isfinite(stretches.start)
            np.testing.assert_allclose(inside(0.0), born_inside, rtol=1e-9)
            np.testing.assert_allclose(inside(np.inf), min(1.0, float(endless.any(axis=1) @ flights.weight)), rtol=1e-9)

    def test_the_same_seed_gives_the_same_bits(self) -> None:
        """Also after pickling; another seed gives others."""
        detector = self.make_detector()
        search = self._with_a_place(detector)[0]
        mass = min(mass for mass in self.masses if mass < self._kinds(detector, search)[0].max_mass)
        copy: Detector = pickle.loads(pickle.dumps(detector))
        for sampling in ("aimed", "random"):
            drawn, again, other = (
                self._draw(d, search, mass, sampling, 512, seed)
                for d, seed in ((detector, 3), (copy, 3), (detector, 4))
            )
            np.testing.assert_array_equal(drawn.momentum, again.momentum)
            np.testing.assert_array_equal(drawn.weight, again.weight)
            assert not np.array_equal(drawn.momentum, other.momentum)

    def test_aimed_and_random_flights_agree(self) -> None:
        """Within their errors, at all lifetimes."""
        for (detector, search, aimed), (_, _, random) in zip(self._cases(), self._cases("random", 50_000), strict=True):
            one, one_error = detector.acceptance(search, aimed).mean_and_error(_CTAU)
            two, two_error = detector.acceptance(search, random).mean_and_error(_CTAU)
            apart = np.abs(one - two) / np.maximum(np.hypot(one_error, two_error), 1e-12)
            # where almost no random flight decays, its error is no error
            known = two > 30 / len(random)
            assert (apart[known] < 5).all(), (search.name, aimed.mass, apart[known].max())

    def test_errors_cover(self) -> None:
        """The spread of samples is what each of them says."""
        detector = self.make_detector()
        for search in self._with_a_place(detector):
            mass = min(mass for mass in self.masses if mass < self._kinds(detector, search)[0].max_mass)
            ctau = 1.0
            samples = [
                detector.acceptance(search, self._draw(detector, search, mass, "aimed", 512, seed)).mean_and_error(ctau)
                for seed in range(30)
            ]
            means, errors = np.array(samples, dtype=float).T
            if means.max() > 0:
                # errors come from few blocks, so pulls follow Student's t
                assert 0.5 < means.std(ddof=1) / np.sqrt((errors**2).mean()) < 2

    def test_solids_are_sound(self) -> None:
        """Stretches of random rays, and of rays from where particles are made, agree with `contains`."""
        rng = np.random.default_rng(11)
        for _, _, flights in self._cases(n=512)[:1]:
            made_at = flights.origin[0]
            for solid in self.make_detector().solids.values():
                low, high = np.clip(solid.bounds, -1e4, 1e4)
                origins = rng.uniform(low - 1, high + 1, (4000, 3))
                origins[:1000] = made_at
                check_rays(solid, origins, rng.normal(size=(4000, 3)))
