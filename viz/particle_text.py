"""Particles, final states, processes and couplings in mathematical type, as matplotlib writes it."""

import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from itertools import cycle

from particle import Particle

from farflung.lpp import Model, Process, final_state
from farflung.viz.search_styles import HUES
from farflung.viz.style import coupling_label

_STATES = {
    **{"3pi": r"3\pi", "4pi": r"4\pi", "cc": r"c\bar{c}", "bb": r"b\bar{b}", "ss": r"s\bar{s}", "gg": "gg"},
    **{"nunu": r"\nu\bar{\nu}", "hadrons": r"\mathrm{hadrons}", "invisible": r"\mathrm{invisible}"},
}
"""Final states that are no list of particles."""

_WORDS = {"3pi": "3π", "4pi": "4π", "nunu": "νν̄"}
_RAISED = str.maketrans("0+-", "⁰⁺⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

_COLOURS = {
    **{"ee": "#0072B2", "mumu": "#D55E00", "tautau": "#009E73", "gammagamma": "#E69F00", "3pi": "#999933"},
    **{"hadrons": "#7A4FB5", "cc": "#56B4E9", "bb": "#661100", "pipi": "#CC79A7", "KK": "#332288", "4pi": "#A0522D"},
    **{
        "gg": "#882255",
        "ss": "#2F4F4F",
        "invisible": "#606060",
        "pipipi0": "#999933",
        "pi0gamma": "#56B4E9",
        "nunu": "#999999",
    },
}
"""Colours that final states have in every picture."""


def state_colours(states: Iterable[str]) -> dict[str, str]:
    """A colour for each final state, the same in every picture for those that everybody knows."""
    free = cycle(HUES)
    return {state: _COLOURS.get(state) or next(free) for state in states}


@cache
def _particle(name: str) -> str:
    """A particle's name; what is no particle stays as it is, with room about it."""
    found = Particle.findall(name=name)
    return str(found[0].latex_name) if found else rf"\,\mathrm{{{name}}}\,"


def state_text(state: str) -> str:
    """A final state: what it decays to, or its name."""
    products = final_state(state).products
    if state in _STATES:
        return f"${_STATES[state]}$"
    if len({product.rstrip("+-") for product in products}) < len(products) == 2:
        products = products[::-1]  # the positive one of a pair first, as everybody writes it
    return f"${' '.join(map(_particle, products))}$" if products else state


def state_words(state: str) -> str:
    """As `state_text`, in plain letters such as e⁺e⁻, which may be broken into lines and read out."""
    products = final_state(state).products
    if state in _WORDS or not products:
        return _WORDS.get(state, state)
    if len({product.rstrip("+-") for product in products}) < len(products) == 2:
        products = products[::-1]
    return "".join(map(_letters, products))


def process_words(process: str) -> str:
    """As `process_text`, in plain letters such as B⁺ → K⁺."""
    return " ".join("→" if word == "->" else _letters(word) for word in process.split())


@cache
def _letters(name: str) -> str:
    """A particle's name in plain letters, which stays as it is if there is no such particle."""
    found = Particle.findall(name=name)
    if not found:
        return name
    text = re.sub(r"<SUP>(.*?)</SUP>", lambda raised: raised[1].translate(_RAISED), found[0].html_name)
    return unescape(re.sub(r"<SUB>(.*?)</SUB>", lambda lowered: lowered[1].translate(_LOWERED), text))


def process_text(process: Process | str, symbol: str = "") -> str:
    """A process such as ``"B+ -> K+"`` or ``"gamma -> X on Z = 29"``, with the symbol of what it makes."""
    words = str(process).split()
    if "X" not in words:
        words.append("X")
    symbols = {"->": r"\to", "X": symbol}
    return f"${' '.join(symbols[word] if word in symbols else _particle(word) for word in words)}$"


def at_coupling(model: Model, coupling: float) -> str:
    """A coupling and its value, as in c_ff/f_a = 1 TeV^-1."""
    symbol = coupling_label(model.coupling_name, "1").strip("$").replace("agg", r"a\gamma\gamma")
    value = number_text(coupling)
    if model.coupling_unit != "1":
        unit = re.sub(r"\^(-?\d+)", r"^{\1}", model.coupling_unit)
        value += rf"\,\mathrm{{{unit}}}"
    return f"${symbol} = {value}$"


def number_text(value: float) -> str:
    """A number to three digits, with a power of ten where it is very small or large, as it stands between dollars."""
    plain = f"{value:.3g}"
    if "e" not in plain:
        return plain
    digits, power = plain.split("e")
    return f"10^{{{int(power)}}}" if digits == "1" else rf"{digits} \times 10^{{{int(power)}}}"
