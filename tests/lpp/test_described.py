"""The constructor is said once: reprs, copies, provenance."""

import copy
import pickle
from collections.abc import Iterable

import numpy as np
import pytest

from farflung.detectors import detector_names, make_detector
from farflung.lpp import ALP, ALPFermion, ALPPhoton, DarkScalar, Described, make_model, model_names, options_of


class Inner(Described):
    def __init__(self, size: float = 2.0) -> None:
        self.size = size


class Thing(Described):
    def __init__(
        self, first: float, *rest: float, inner: Inner | None = None, cut: object = None, **more: object
    ) -> None:
        self.inner = Inner() if inner is None else inner


class Holder(Described):
    def __init__(self, parts: Iterable[int]) -> None:
        self.parts = tuple(parts)


@pytest.mark.parametrize(
    "call",
    [
        "Thing(first=1)",
        "Thing(first=0.25, inner=Inner(size=3))",
        "Thing(1, 2, 3.5, cut={'a': (1,), 'b': [2]})",
        "Thing(first=1, cut=float('inf'), colour='red')",
    ],
)
def test_repr_is_the_call(call: str) -> None:
    thing = eval(call)
    assert repr(thing) == call
    for again in (pickle.loads(pickle.dumps(thing)), copy.copy(thing), copy.deepcopy(thing)):
        assert repr(again) == call
        assert vars(again).keys() == vars(thing).keys()


def test_defaults_are_left_out_of_the_repr_and_told_in_full() -> None:
    assert repr(Inner(2)) == "Inner()"
    assert Inner(2).described() == "Inner(size=2)"
    # what the object works out for itself, down to the last option
    assert Thing(1).described() == "Thing(first=1, inner=Inner(size=2), cut=None)"


def test_numbers_are_told_with_all_their_digits() -> None:
    assert repr(Inner(np.float64(1 / 3))) == f"Inner(size={1 / 3!r})"
    assert repr(Inner(3e20)) == "Inner(size=3e+20)"
    assert repr(Holder(np.array([1, 2]))) == "Holder(parts=[1, 2])"
    assert repr(Holder(np.arange(1000))) == "Holder(parts=<array (1000,)>)"
    assert repr(Inner(np.array(1.5))) == "Inner(size=1.5)"


def test_an_iterator_is_told_by_what_the_object_made_of_it() -> None:
    holder = Holder(number for number in (1, 2))
    assert repr(holder) == "Holder(parts=(1, 2))"
    assert repr(pickle.loads(pickle.dumps(holder))) == "Holder(parts=(1, 2))"


def test_other_values_of_some_options() -> None:
    assert repr(Inner(3).changed(size=4)) == "Inner(size=4)"
    assert repr(Thing(1, 2, cut=3).changed(cut=4, colour="red")) == "Thing(1, 2, cut=4, colour='red')"
    assert repr(ALPFermion(hadronic_threshold=1.2).changed(invisible_branching_ratio=0.5)) == (
        "ALPFermion(hadronic_threshold=1.2, invisible_branching_ratio=0.5)"
    )


def test_wrong_arguments_are_told_as_ever() -> None:
    with pytest.raises(TypeError, match=r"Inner.__init__\(\) got an unexpected keyword argument 'colour'"):
        Inner(colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize("name", detector_names())
def test_detectors_say_how_they_are_made(name: str) -> None:
    detector = make_detector(name)
    assert detector.name == name
    assert repr(detector) == f"{type(detector).__name__}()"
    assert repr(pickle.loads(pickle.dumps(detector))) == repr(detector)
    assert "None" not in detector.described()


@pytest.mark.parametrize("name", model_names())
def test_models_say_how_they_are_made(name: str) -> None:
    model = make_model(name, invisible_branching_ratio=0.5)
    assert repr(model) == f"{type(model).__name__}(invisible_branching_ratio=0.5)"
    told = model.described()
    assert all(f"{option}=" in told for option in options_of(type(model)))
    if hasattr(model, "form_factors"):
        assert "'B -> K': 'Ball and Zwicky" in told


def test_what_a_model_is_made_of_is_not_said_twice() -> None:
    for text in ("ALP(c_WW=1, name='weak')", "ALPPhoton(weak_share=0.25)", "DarkScalar(hadronic_threshold=1.5)"):
        model = eval(text, {"ALP": ALP, "ALPPhoton": ALPPhoton, "DarkScalar": DarkScalar})
        assert repr(model) == text
