"""What is asked of models: names, what their hooks give, and what to say of processes that they do not have."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import arguments
from farflung.lpp.errors import CouplingError, PhysicsError, UnknownModelError
from farflung.lpp.spelling import near

Array = NDArray[np.float64]


def check_name(name: str) -> str:
    """The name of a model, if it is lower-case letters and digits in words joined by hyphens."""
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UnknownModelError(
            f"model name = {name!r} is not made of lower-case letters and digits joined by hyphens, as in 'alp-fermion'"
        )
    return name


def rates(hook: str, what: str, values: object, mass: Array) -> Array:
    """What a hook gave for masses (n,), if it is (n,) numbers, finite and not negative.

    Raises
    ------
    PhysicsError
        If it is not.
    """
    array = arguments.numbers(f"the {what}", values, PhysicsError)
    if array.shape != mass.shape:
        raise PhysicsError(
            f"the {what} has shape {array.shape} for masses {mass.shape}; {hook} must give one number for each mass"
        )
    wrong = ~(np.isfinite(array) & (array >= 0))
    if wrong.any():
        raise PhysicsError(
            f"mass = {mass[wrong][0]:g} GeV: the {what} is {array[wrong][0]:g} there, which is not finite and >= 0;"
            f" look at {hook} of the model, or choose another mass"
        )
    return array


def power_of(rate: Array, coupling: Array, power: float) -> Array:
    """A rate at coupling 1 times a power of couplings, which are broadcast; infinite where that is beyond all numbers.

    What does not happen at coupling 1 happens at none.
    """
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return np.where(rate == 0, 0.0, rate * coupling**power)


def finite(what: str, rate: Array, coupling: Array) -> Array:
    """The rate at couplings, which are broadcast.

    Raises
    ------
    CouplingError
        If it is beyond all numbers.
    """
    if not np.isfinite(rate).all():
        worst = np.broadcast_to(coupling, rate.shape)[~np.isfinite(rate)].flat[0]
        raise CouplingError(f"coupling = {worst:g}: the {what} is beyond all numbers there; choose another coupling")
    return rate


def missing_process(model: str, known: Sequence[str], process: object) -> str:
    """The sentence for a process that is not one of a model's, which are given by their names."""
    if not known:
        return f"process = '{process}': no decay of a Standard Model particle makes {model}"
    conjugate = str(process).replace("~", "").translate(str.maketrans("+-", "-+")).replace("+>", "->")
    if conjugate in known:
        return f"process = '{process}': charge conjugates are included, so write '{conjugate}'"
    similar = near(str(process), known)
    return (
        f"process = '{process}' is not one that {model} has, charge conjugates included; "
        f"{'nearest are' if similar else 'it has'} {', '.join(similar or known)}"
    )
