"""Options read from signatures and docstrings, and their values from text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import pytest

from farflung.detectors import detector_names
from farflung.detectors.registry import DETECTORS
from farflung.lpp import (
    BALL_ZWICKY_B_TO_K_STAR,
    LATTICE_B_TO_K,
    ALPFermion,
    Described,
    OptionError,
    named_values,
    options_of,
    read_options,
)
from farflung.lpp.described import signature
from farflung.lpp.models.registered import MODELS


class Cut(Protocol):
    def __call__(self, value: float) -> bool: ...


@dataclass(frozen=True)
class Box:
    """A box.

    Parameters
    ----------
    size
        Length of an edge [m]; it is a cube.
    """

    size: float = 1.0
    place: tuple[float, float] = (0.0, 0.0)


class Inner(Described):
    """Something inside.

    Parameters
    ----------
    depth : float
        How deep it is: very.
    """

    def __init__(self, depth: float = 2.0, box: Box = Box()) -> None:
        self.depth, self.box = depth, box


class Base:
    """The base.

    Parameters
    ----------
    number, whole
        Both are numbers (of a kind), e.g. ``7``. Few know more.
    """


class Thing(Base):
    """A thing.

    Parameters
    ----------
    whole
        As in `Base`.
    choice
        ``"a: b"`` or another.
    """

    def __init__(
        self,
        number: float = 1,
        *args: float,
        whole: int = 2,
        switch: bool = False,
        word: str = "w",
        choice: Literal["a: b", "c", 3] = "c",
        maybe: float | None = None,
        words: Sequence[str] = ("x", "y"),
        pair: tuple[float, int] = (0.5, 1),
        table: Mapping[float, float] | None = None,
        file: Path | None = None,
        cut: Cut | None = None,
        box: Box = Box(2.0),
        inner: Inner | None = None,
        plain=3,
        unknown: NotThere = None,  # noqa: F821
    ) -> None:
        self.arguments = locals()


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ("number", "1e-3", 1e-3),
        ("number", "inf", math.inf),
        ("whole", "-3", -3),
        ("whole", "1e5", 100_000),
        ("switch", "true", True),
        ("switch", "False", False),
        ("word", "a,b = c", "a,b = c"),
        ("word", "", ""),
        ("choice", "a: b", "a: b"),
        ("choice", "3", 3),
        ("maybe", "none", None),
        ("maybe", "2", 2.0),
        ("words", "K+,K0", ("K+", "K0")),
        ("words", "", ()),
        ("pair", "1.5, 2", (1.5, 2)),
        ("table", "7=1,8=2.5", {7.0: 1.0, 8.0: 2.5}),
        ("table", "none", None),
        ("file", "a/b.csv", Path("a/b.csv")),
        ("box.size", "3", Box(3.0)),
        ("box.place", "1,2", Box(2.0, (1.0, 2.0))),
        ("plain", "4", 4),
        ("plain", "4.5", 4.5),
        ("unknown", "4.5", 4.5),
        ("unknown", "true", True),
        ("unknown", "none", None),
        ("unknown", "word", "word"),
    ],
)
def test_text_becomes_what_the_signature_asks_for(option: str, text: str, value: object) -> None:
    (name, found), *more = read_options(Thing, {option: text}).items()
    assert not more
    assert name == option.partition(".")[0]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("option", "text", "complaint"),
    [
        ("number", "many", "thing.number = 'many' is not a number"),
        ("number", "nan", "thing.number = 'nan' is not a number"),
        ("whole", "1.5", "thing.whole = '1.5' is not a whole number"),
        ("switch", "yes", "thing.switch = 'yes' is not true or false"),
        ("choice", "d", "thing.choice = 'd' is not a: b, c or 3"),
        ("maybe", "x", "thing.maybe = 'x' is not a number or none"),
        ("pair", "1", "thing.pair = '1' is not a number, a whole number with commas between"),
        ("table", "7", "thing.table = '7' is not KEY=VALUE with commas between, VALUE being a number or none"),
        ("box.size", "big", "thing.box.size = 'big' is not a number"),
        ("nummer", "1", "nummer is not an option of thing; did you mean number?"),
        ("box.sice", "1", "box.sice is not an option of thing; did you mean box.size"),
        ("zzz", "1", "zzz is not an option of thing, which takes number, whole, switch, word, choice, "),
        ("cut", "1", "thing.cut cannot be said as text; make the object in Python, in a file of your own"),
    ],
)
def test_wrong_text_gets_one_sentence(option: str, text: str, complaint: str) -> None:
    with pytest.raises(OptionError) as raised:
        read_options(Thing, {option: text}, "thing")
    assert str(raised.value).startswith(complaint)
    assert "\n" not in str(raised.value)


def test_parts_of_what_an_option_stands_for() -> None:
    texts = {"inner.depth": "3", "inner.box.size": "4"}
    assert repr(read_options(Thing, texts)["inner"]) == "Inner(depth=3, box=Box(size=4.0, place=(0.0, 0.0)))"
    assert options_of(Thing)["inner.box.size"].default == "1"
    assert options_of(Thing)["box.size"].default == "2"


def test_meanings_are_the_first_words_of_their_paragraphs() -> None:
    known = options_of(Thing)
    assert known["number"].meaning == known["whole"].meaning == "Both are numbers, e.g. 7"
    assert known["choice"].meaning == '"a: b" or another'
    assert known["box.size"].meaning == "Length of an edge [m]"
    assert known["inner.depth"].meaning == "How deep it is"
    assert known["word"].meaning == ""


def test_form_factors_go_by_their_names() -> None:
    text = "B -> K=LATTICE_B_TO_K, B -> K*(892)=BALL_ZWICKY_B_TO_K_STAR"
    found = read_options(ALPFermion, {"form_factors": text})
    assert found == {"form_factors": {"B -> K": LATTICE_B_TO_K, "B -> K*(892)": BALL_ZWICKY_B_TO_K_STAR}}
    with pytest.raises(OptionError, match=r"form_factors = .*'LATTICE_B_K' is unknown; did you mean LATTICE_B_TO_K"):
        read_options(ALPFermion, {"form_factors": "B -> K=LATTICE_B_K"})


def test_values_of_ones_own_go_by_names() -> None:
    def aim(cut: Inner | None = None) -> None: ...

    with named_values(Inner).preserved():
        deep = Inner(9)
        named_values(Inner).register("DEEP", deep)
        assert read_options(aim, {"cut": "DEEP"}) == {"cut": deep}
        with pytest.raises(OptionError, match="cut is set as a whole and in part"):
            read_options(aim, {"cut": "DEEP", "cut.depth": "3"})


def test_functions_that_take_anything() -> None:
    assert read_options(lambda **options: options, {"a": "1", "b": "x"}) == {"a": 1, "b": "x"}


@pytest.mark.parametrize("name", detector_names() + MODELS.names())
def test_every_parameter_of_what_comes_along_can_be_said(name: str) -> None:
    registry = DETECTORS if name in detector_names() else MODELS
    factory = registry.find(name)
    known = options_of(factory)
    for parameter in signature(factory).parameters:
        assert any(option.partition(".")[0] == parameter for option in known), parameter
    for option in known.values():
        assert option.meaning, option.name
        # the default says itself
        assert option.default is not None
        option.read(option.default)
    # said all at once they make the same thing
    texts = {option.name: option.default or "" for option in known.values()}
    made, usual = registry.make(name, **read_options(factory, texts)), registry.make(name)
    assert type(made) is type(usual)
    assert made.described().split("form_factors")[0] == usual.described().split("form_factors")[0]
