"""``--set LABEL.OPTION=VALUE``: options of the detectors and the model that a command uses."""

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from farflung.lpp import Model, Registry, make_model, options_of, read_options
from farflung.lpp.models.registered import MODELS
from farflung.lpp.spelling import near
from farflung.scenarios.errors import ScenarioError

Made = TypeVar("Made")


class Setting(NamedTuple):
    """The text of one option."""

    label: str
    option: str
    text: str


@dataclass(frozen=True)
class Target(Generic[Made]):
    """What settings can be about.

    Attributes
    ----------
    registry, kind
        Where it comes from, and under which name.
    label
        What the command calls it.
    aliases
        What it is called if nothing has that label.
    """

    registry: Registry[Callable[..., Made]]
    kind: str
    label: str
    aliases: tuple[str, ...] = ()


def add_settings(parser: argparse.ArgumentParser) -> None:
    """``--set``."""
    parser.add_argument(
        "--set", action="append", default=[], type=_setting, metavar="LABEL.OPTION=VALUE", dest="settings",
        help="an option of a detector or of the model, as in belle2.luminosity=0.5 or c_ff.hadronic_threshold=1.2; "
        "'farflung list --options' has them all (may be repeated)",
    )  # fmt: skip


def _setting(text: str) -> Setting:
    found = re.fullmatch(r"([^=.]+)\.(\w+(?:\.\w+)*)=(.*)", text, re.DOTALL)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not LABEL.OPTION=VALUE, as in belle2.luminosity=0.5")
    return Setting(*found.groups())


def model_target(name: str) -> Target[Model]:
    """A model, which also answers to its coupling without the denominator: ``c_ff`` of ``c_ff/f_a``."""
    return Target(MODELS, name, name, (coupling_label(name),))


def coupling_label(name: str) -> str:
    """Coupling of a registered model, without its denominator."""
    factory = MODELS.find(name)
    coupling = getattr(factory, "coupling_name", None) or make_model(name).coupling_name
    return str(coupling).partition("/")[0]


def distribute(settings: Sequence[Setting], targets: Sequence[Target[Any]]) -> list[dict[str, str]]:
    """Texts of the options of each target, by option.

    Raises
    ------
    ScenarioError
        If a setting is about none of the targets, or an option is set twice.
    """
    texts: list[dict[str, str]] = [{} for _ in targets]
    for label, option, text in settings:
        meant = [i for i, target in enumerate(targets) if label == target.label]
        meant = meant or [i for i, target in enumerate(targets) if label in target.aliases]
        if not meant:
            raise ScenarioError(_nobody(label, option, targets))
        for i in meant:
            if option in texts[i]:
                raise ScenarioError(f"set = '{label}.{option}' is given twice; leave one out")
            texts[i][option] = text
    return texts


def _nobody(label: str, option: str, targets: Sequence[Target[Any]]) -> str:
    known = list(dict.fromkeys(name for target in targets for name in (target.label, *target.aliases)))
    meant = near(label, known)
    end = f"; did you mean {' or '.join(meant)}?" if meant else f": {', '.join(known)}"
    return f"set = '{label}.{option}' is about nothing that is used here{end}"


def make(target: Target[Made], texts: dict[str, str], shorthands: dict[str, object]) -> Made:
    """What a target stands for, made with its settings and with what other options of the command stand for.

    Raises
    ------
    ScenarioError
        If it cannot be made so; the message says which target it is about.
    """
    factory = target.registry.find(target.kind)
    for option in shorthands:
        if option in texts:
            raise ScenarioError(f"{option} of {target.label} is given twice; leave one out")
    chosen = shorthands | read_options(factory, texts, target.label)
    for option, what in target.registry.needed(target.kind).items():
        if option not in chosen:
            right = options_of(factory)[option].reader.right
            raise ScenarioError(
                f"{target.label} needs {option}: {what}; give it, as in --set {target.label}.{option}=..., {right}"
            )
    try:
        return target.registry.make(target.kind, **chosen)
    except (TypeError, ValueError) as problem:
        if isinstance(problem, TypeError) and not chosen:
            raise  # nobody's choice
        named = re.search(rf"(?<![\w-]){re.escape(target.label)}(?![\w-])", str(problem))
        about = "" if named else f"{target.label}: "
        raise ScenarioError(f"{about}{problem}") from problem
