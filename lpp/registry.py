"""Models by name: what the command line offers. Registering is explicit; a name belongs to one model."""

import inspect
from collections.abc import Callable
from difflib import get_close_matches

from farflung.lpp.errors import UnknownModelError
from farflung.lpp.model import Model, check_name
from farflung.lpp.models.alp_fermion import ALPFermion
from farflung.lpp.models.alp_photon import ALPPhoton
from farflung.lpp.models.alp_weak import ALPWeak
from farflung.lpp.models.dark_scalar import DarkScalar

_MODELS: dict[str, Callable[..., Model]] = {}


def register_model(name: str, factory: Callable[..., Model]) -> None:
    """Offer a model under a name.

    Parameters
    ----------
    name
        The name, as in ``"alp-fermion"``: lower-case letters and digits, joined by hyphens.
    factory
        A model class, or any function that returns a model; it must work without arguments.

    Raises
    ------
    UnknownModelError
        If the name is taken or is no name, or the factory cannot be called, or is a class that is no `Model` or lacks
        one of its attributes.

    Notes
    -----
    A function registers one direction among the couplings of a general model:
    ``register_model("alp-photon-and-weak", lambda: ALP(c_WW=1, c_BB=2, name="alp-photon-and-weak"))``.
    """
    check_name(name)
    if not callable(factory):
        raise UnknownModelError(
            f"{name} = {factory!r} is neither a model class nor a function that returns a model; "
            f"write register_model({name!r}, lambda: ...)"
        )
    if isinstance(factory, type):
        _check_class(name, factory)
    if name in _MODELS:
        raise UnknownModelError(f"model name = {name!r} is taken by {_MODELS[name]!r}; choose another name")
    _MODELS[name] = factory


_ATTRIBUTES = ("name", "title", "coupling_name", "coupling_range", "mass_range")


def _check_class(name: str, given: type) -> None:
    if not issubclass(given, Model):
        raise UnknownModelError(f"{name} = {given.__name__} is not a subclass of farflung.lpp.Model")
    missing = [attribute for attribute in _ATTRIBUTES if not hasattr(given, attribute)]
    # abstract methods and all
    missing += sorted(getattr(given, "__abstractmethods__", ()))
    if missing:
        raise UnknownModelError(f"{name} = {given.__name__} lacks {', '.join(missing)}; write them in the class")


def model_names() -> tuple[str, ...]:
    """All registered names, in order of registration."""
    return tuple(_MODELS)


def make_model(name: str, **arguments: object) -> Model:
    """The model of this name.

    Parameters
    ----------
    name
        A registered name.
    **arguments
        Keywords of the model's class, such as ``invisible_branching_ratio=0.5``.

    Raises
    ------
    UnknownModelError
        If there is none, where the message names the nearest, or the model does not take one of the arguments.
    """
    if name not in _MODELS:
        nearest = get_close_matches(name, _MODELS, n=3, cutoff=0.4) or list(_MODELS)
        raise UnknownModelError(f"model = {name!r} is unknown; did you mean {' or '.join(nearest)}?")
    factory = _MODELS[name]
    known = inspect.signature(factory).parameters
    for argument in arguments:
        if argument not in known:
            raise UnknownModelError(
                f"{argument} is not an argument of {name}, which takes {', '.join(known) or 'none'}"
            )
    return factory(**arguments)


for _model in (ALPFermion, ALPWeak, ALPPhoton, DarkScalar):
    register_model(_model.name, _model)
