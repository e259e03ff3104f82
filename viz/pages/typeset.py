"""Mathematical type of matplotlib as HTML, which needs no program that typesets."""

import re
from html import escape

_SYMBOLS = {
    **{"gamma": "γ", "theta": "θ", "tau": "τ", "mu": "μ", "pi": "π", "epsilon": "ε", "chi": "χ"},
    **{"sin": "sin\N{NO-BREAK SPACE}", "to": "→", "times": "×"},
}
_FORMULA = re.compile(r"\$([^$]*)\$")
_LETTERS = re.compile(r"\\mathrm\{([^{}]*)\}|\\([a-z]+)|([A-Za-z]+)")
_LOWERED = re.compile(r"_(?:\{([^{}]*)\}|((?:<i>)?\w(?:</i>)?))")
_POWER = re.compile(r"\^(?:\{(-?\d+)\}|(\d))")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def as_html(text: str) -> str:
    """The text, with what stands between dollars in letters, ``<i>``, ``<sub>`` and raised digits."""
    return _FORMULA.sub(lambda found: _formula(found[1]), escape(text, quote=False))


def _formula(text: str) -> str:
    def letters(found: re.Match[str]) -> str:
        upright, command, slanted = found.groups()
        return upright or (_SYMBOLS.get(command, command) if command else f"<i>{slanted}</i>")

    text = _LOWERED.sub(lambda found: f"<sub>{found[1] or found[2]}</sub>", _LETTERS.sub(letters, text))
    return _POWER.sub(lambda found: (found[1] or found[2]).translate(_RAISED), text)
