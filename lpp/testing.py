"""Checks that every model must pass; derive from `ModelContract` to test a model of your own.

`check_table` compares numbers with those of a reference.
"""

import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from farflung.lpp import standard_model
from farflung.lpp.decays.final_states import INVISIBLE
from farflung.lpp.errors import CouplingError, MassRangeError, PhysicsError, ProcessError
from farflung.lpp.model import Model
from farflung.lpp.production.parent_decays import TwoBodyDecay


class ModelContract(ABC):
    """Tests that any model must pass.

    Derive from it in a test file, call the class ``Test...`` and write `make_model`; list the `thresholds` across
    which the total width must be continuous, and the `jumps` where the treatment changes on purpose.

    Attributes
    ----------
    thresholds
        Masses [GeV] at which a decay opens or a formula changes without a jump.
    jumps
        Masses [GeV] at which the total width jumps or has a pole, which the model's documentation must tell.
    """

    thresholds: tuple[float, ...] = ()
    jumps: tuple[float, ...] = ()

    @abstractmethod
    def make_model(self, **arguments: float) -> Model:
        """A new model; `arguments` are those of `Model`."""

    def _masses(self, n: int = 200) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        low, high = self.make_model().mass_range
        return np.geomspace(low * (1 + 1e-9), high * (1 - 1e-9), n)

    def test_says_what_it_is(self) -> None:
        """Names, units and references are there."""
        model = self.make_model()
        assert model.name == model.name.lower()
        assert " " not in model.name
        for text in (model.title, model.symbol, model.coupling_name, model.coupling_unit):
            assert text
        assert model.references
        low, high = model.coupling_range
        assert 0 < low < high
        assert type(model).__name__ in repr(model)

    def test_can_be_sent_to_other_processes(self) -> None:
        """What its processes say survives pickling: functions of a module do, a lambda does not."""
        processes = self.make_model().processes()
        assert pickle.loads(pickle.dumps(processes)) == processes

    def test_widths_are_finite_and_never_negative(self) -> None:
        """All over the mass range, by final state."""
        model, masses = self.make_model(), self._masses()
        widths = model.partial_widths(masses)
        assert tuple(widths) == model.final_states()
        for state, width in widths.items():
            assert width.shape == masses.shape, state
            assert np.isfinite(width).all(), f"{state} at {masses[~np.isfinite(width)]} GeV"
            assert (width >= 0).all(), f"{state} at {masses[width < 0]} GeV"

    def test_branching_ratios_add_up_to_one(self) -> None:
        """Wherever a decay is open."""
        model, masses = self.make_model(), self._masses()
        masses = masses[model.total_width(masses) > 0]
        total = np.sum(list(model.branching_ratios(masses).values()), axis=0)
        np.testing.assert_allclose(total, 1.0, rtol=1e-12)

    def test_widths_are_a_power_of_the_coupling(self) -> None:
        """By default the square; and so are lifetimes, inversely."""
        model, masses = self.make_model(), self._masses(20)
        if model.width_power is None:
            return
        scale = 3e-4**model.width_power
        np.testing.assert_allclose(model.total_width(masses, 3e-4), scale * model.total_width(masses), rtol=1e-12)
        width = model.total_width(masses)
        ctau = standard_model.HBAR_C / width[width > 0]
        np.testing.assert_allclose(model.ctau(masses[width > 0], 2.0), ctau / 2**model.width_power, rtol=1e-12)

    def test_keeps_shapes(self) -> None:
        """A number, a list and a table of masses against couplings give arrays of the same shape."""
        model = self.make_model()
        low, high = model.mass_range
        some = float(np.sqrt(low * high))
        assert model.total_width(some).shape == ()
        assert model.total_width([some, some]).shape == (2,)
        assert model.ctau(np.full((3, 1), some), np.full(4, 0.1)).shape == (3, 4)
        assert model.unreliable([some, some]).shape == (2,)

    def test_refuses_what_it_cannot_treat(self) -> None:
        """Masses outside the range, couplings without meaning, unknown processes and final states."""
        model = self.make_model()
        low, high = model.mass_range
        inside = float(np.sqrt(low * high))
        for mass in (low * 0.9, high * 1.1, np.nan, -1.0):
            _raises(MassRangeError, partial(model.ctau, mass))
        for coupling in (-1.0, np.nan, np.inf):
            _raises(CouplingError, partial(model.ctau, inside, coupling))
        # one that no model has, one that cannot happen and, of every model's own, the reverse
        reversed_ones = [(*p.recoil, p.initial) for p in model.processes() if len(p.recoil) == 1 and not p.vertex]
        for parent, daughter in (("D0", "K(L)0"), ("K+", "B+"), *reversed_ones):
            _raises(ProcessError, partial(model.production, TwoBodyDecay(parent, daughter), low))
        _raises(ProcessError, partial(model.production, "B+", low))
        _raises(ProcessError, partial(model.require_final_state, "nothing of the kind"))
        _raises(CouplingError, partial(self.make_model, invisible_branching_ratio=1.0))

    def test_production_up_to_the_end_of_phase_space(self) -> None:
        """Every process gives finite rates, a power of the coupling, and refuses larger masses."""
        model = self.make_model()
        low, high = model.mass_range
        for process in model.processes():
            end = min(process.max_mass * (1 - 1e-9), high)
            masses = np.geomspace(low, end, 50)
            rate = model.production(process, masses)
            assert np.isfinite(rate).all(), str(process)
            assert (rate >= 0).all(), str(process)
            assert rate[0] > 0, str(process)
            if model.production_power is not None:
                weak = 1e-3**model.production_power * rate
                np.testing.assert_allclose(model.production(process, masses, 1e-3), weak, rtol=1e-12)
            if process.max_mass < high:
                _raises(MassRangeError, partial(model.production, process, process.max_mass))

    def test_total_width_is_continuous_where_it_must_be(self) -> None:
        """Across each of `thresholds`: within 1e-12 of the mass the width changes by less than 0.1 %."""
        model = self.make_model()
        for mass in self.thresholds:
            below, above, near = model.total_width(mass * np.array([1 - 5e-13, 1 + 5e-13, 1.01]))
            assert abs(above - below) < 1e-3 * near, f"{below:g} GeV below {mass:g} GeV, {above:g} GeV above"

    def test_there_are_no_other_jumps(self) -> None:
        """On a fine grid no step of the total width exceeds 1 % plus three times the steps beside it."""
        model = self.make_model()
        masses = np.geomspace(model.mass_range[0] * (1 + 1e-9), model.mass_range[1] * (1 - 1e-9), 16001)
        width = model.total_width(masses)
        positive = width > 0
        steps = np.abs(np.diff(np.log(width[positive])))
        around = np.maximum(np.roll(steps, 2), np.roll(steps, -2))
        middle = np.sqrt(masses[positive][1:] * masses[positive][:-1])
        allowed = np.zeros(middle.shape, dtype=bool)
        for mass in (*self.jumps, *self.thresholds):
            allowed |= np.abs(np.log(middle / mass)) < 3e-3
        allowed[[0, 1, -2, -1]] = True
        wrong = (steps > 0.01 + 3 * around) & ~allowed
        assert not wrong.any(), f"the total width jumps at {middle[wrong]} GeV"

    def test_treatments_are_the_same_particle(self) -> None:
        """The model itself comes first; others differ from it, and share its name, its masses and what makes it."""
        model = self.make_model(invisible_branching_ratio=0.25)
        first, *others = model.treatments()
        assert first is model
        told = [repr(treatment) for treatment in (first, *others)]
        assert len(set(told)) == len(told), told
        for other in others:
            assert type(other) is type(model)
            assert (other.name, other.mass_range) == (model.name, model.mass_range)
            assert other.invisible_branching_ratio == 0.25
            assert [str(process) for process in other.processes()] == [str(process) for process in model.processes()]
            assert other.final_states() == model.final_states()
            assert np.isfinite(other.total_width(self._masses())).all()

    def test_invisible_branching_ratio(self) -> None:
        """It is added to the model's own, at every mass, and leaves the visible widths alone."""
        plain, model = self.make_model(), self.make_model(invisible_branching_ratio=0.25)
        masses = self._masses(30)
        masses = masses[plain.total_width(masses) > 0]
        own = plain.branching_ratios(masses).get(INVISIBLE, np.zeros(len(masses)))
        np.testing.assert_allclose(model.branching_ratios(masses)[INVISIBLE], 0.25 + 0.75 * own, rtol=1e-12)
        np.testing.assert_allclose(model.ctau(masses), 0.75 * plain.ctau(masses), rtol=1e-12)
        assert INVISIBLE in model.final_states()
        assert "invisible_branching_ratio=0.25" in repr(model)


def check_table(rows: Sequence[tuple[str, float, float, float, float]]) -> None:
    """Compare numbers with those of a reference; on failure the whole table is printed.

    Parameters
    ----------
    rows
        Quantity, mass [GeV], ours, theirs and the relative tolerance.
    """
    lines = [f"{'quantity':<24}{'m [GeV]':>8}{'farflung':>12}{'reference':>12}{'ratio':>8}{'within':>8}"]
    good = True
    for what, mass, ours, theirs, tolerance in rows:
        off = not abs(ours / theirs - 1) <= tolerance
        good &= not off
        lines.append(
            f"{what:<24}{mass:8.3g}{ours:12.4g}{theirs:12.4g}{ours / theirs:8.4f}{tolerance:8.2g}{' <--' * off}"
        )
    assert rows
    assert good, "\n" + "\n".join(lines)


def _raises(kind: type[PhysicsError], question: Callable[[], object]) -> None:
    """Check that a question is refused with this kind of error and a message of one line."""
    message = None
    try:
        question()
    except kind as problem:
        message = str(problem)
    assert message is not None, f"{kind.__name__} was not raised"
    assert message, f"{kind.__name__} without a message"
    assert "\n" not in message, f"{message!r} has more than one line"
