"""Models by name: what the command line offers."""

from collections.abc import Callable

from farflung.lpp.errors import UnknownModelError
from farflung.lpp.model import Model
from farflung.lpp.model_checks import check_name
from farflung.lpp.models.alp_fermion import ALPFermion
from farflung.lpp.models.alp_photon import ALPPhoton
from farflung.lpp.models.alp_weak import ALPWeak
from farflung.lpp.models.dark_photon import BC1, BC2, DarkPhoton
from farflung.lpp.models.dark_scalar import DarkScalar
from farflung.lpp.models.gauge_boson import GaugeBoson
from farflung.lpp.registry import Registry

MODELS: Registry[Callable[..., Model]] = Registry("model", UnknownModelError)
"""Model classes, and functions that return a model, by name."""


def register_model(name: str, factory: Callable[..., Model]) -> None:
    """Offer a model under a name.

    Parameters
    ----------
    name
        The name, as in ``"alp-fermion"``: lower-case letters and digits, joined by hyphens.
    factory
        A model class, or any function that returns a model; it must work without arguments. What it takes are the
        model's options, which the command line reads from the signature.

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
    MODELS.register(name, factory)


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
    return MODELS.names()


def make_model(name: str, **options: object) -> Model:
    """The model of this name.

    Parameters
    ----------
    name
        A registered name.
    **options
        Keywords of the model's class, such as ``invisible_branching_ratio=0.5``.

    Raises
    ------
    UnknownModelError
        If there is none, where the message names the nearest, or the model does not take one of the options.
    """
    return MODELS.make(name, **options)


def as_model(given: Model | str) -> Model:
    """A model that is given as such or by its name.

    Raises
    ------
    UnknownModelError
        If it is neither.
    """
    return MODELS.resolve(given, Model)  # type: ignore[type-abstract]


for _model in (ALPFermion, ALPWeak, ALPPhoton, DarkScalar, DarkPhoton, GaugeBoson, BC1, BC2):
    register_model(_model.name, _model)
