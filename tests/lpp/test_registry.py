from collections.abc import Iterator

import pytest

from farflung.lpp import ALP, ALPFermion, Model, UnknownModelError, make_model, model_names, register_model
from farflung.lpp.models.registered import MODELS


def test_models_that_come_along() -> None:
    assert set(model_names()) >= {"alp-fermion", "alp-weak", "alp-photon", "dark-scalar"}
    for name in model_names():
        assert make_model(name).name == name


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    with MODELS.preserved():
        yield


def test_two_models_of_one_name_are_an_error() -> None:
    register_model("mine", ALPFermion)
    assert "mine" in model_names()
    with pytest.raises(UnknownModelError, match="'mine' is taken"):
        register_model("mine", ALPFermion)


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(UnknownModelError, match="alp-weak"):
        make_model("alpweak")


def test_unknown_argument_is_named() -> None:
    with pytest.raises(UnknownModelError, match="colour is not an option of alp-weak, which takes hadronic"):
        make_model("alp-weak", colour=3)


class Unfinished(Model):
    title = "No name, no ranges and no widths"
    coupling_name = "g"


@pytest.mark.parametrize("name", ["My Model", "mine!", "", "-", "a--b", None])
def test_no_name(name: str) -> None:
    with pytest.raises(UnknownModelError, match="lower-case letters and digits"):
        register_model(name, ALPFermion)


@pytest.mark.parametrize(
    ("factory", "complaint"),
    [
        (ALPFermion(), "neither a model class nor a function"),
        (dict, "dict is not a subclass"),
        (Unfinished, "Unfinished lacks name, coupling_range, mass_range, _partial_widths"),
    ],
)
def test_no_model(factory: type[Model], complaint: str) -> None:
    with pytest.raises(UnknownModelError, match=complaint):
        register_model("mine", factory)
    assert "mine" not in model_names()


def test_a_direction_under_its_own_name() -> None:
    register_model("alp-photon-and-weak", lambda: ALP(c_WW=1, c_BB=2, name="alp-photon-and-weak"))
    assert make_model("alp-photon-and-weak").name == "alp-photon-and-weak"
