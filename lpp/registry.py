"""Models by name: what the command line offers. Registering is explicit; a name belongs to one model."""

import inspect
from collections.abc import Callable
from difflib import get_close_matches

from farflung.lpp.alp_fermion import ALPFermion
from farflung.lpp.alp_photon import ALPPhoton
from farflung.lpp.alp_weak import ALPWeak
from farflung.lpp.dark_scalar import DarkScalar
from farflung.lpp.errors import UnknownModelError
from farflung.lpp.model import Model

_MODELS: dict[str, Callable[..., Model]] = {}


def register_model(name: str, factory: Callable[..., Model]) -> None:
    """Offer a model under a name.

    Parameters
    ----------
    name
        The name, as in ``"alp-fermion"``.
    factory
        A model class, or any function that returns a model; it must work without arguments.

    Raises
    ------
    UnknownModelError
        If the name is taken.
    """
    if name in _MODELS:
        raise UnknownModelError(f"model name = {name!r} is taken by {_MODELS[name]!r}; choose another name")
    _MODELS[name] = factory


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
