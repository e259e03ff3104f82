import pytest

from farflung.lpp import ALPFermion, UnknownModelError, make_model, model_names, register_model
from farflung.lpp import registry as registry_file


def test_models_that_come_along() -> None:
    assert set(model_names()) >= {"alp-fermion", "alp-weak", "alp-photon", "dark-scalar"}
    for name in model_names():
        assert make_model(name).name == name


def test_two_models_of_one_name_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_file, "_MODELS", dict(registry_file._MODELS))
    register_model("mine", ALPFermion)
    assert "mine" in model_names()
    with pytest.raises(UnknownModelError, match="'mine' is taken"):
        register_model("mine", ALPFermion)


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(UnknownModelError, match="alp-weak"):
        make_model("alpweak")


def test_unknown_argument_is_named() -> None:
    with pytest.raises(UnknownModelError, match="colour is not an argument of alp-weak"):
        make_model("alp-weak", colour=3)
