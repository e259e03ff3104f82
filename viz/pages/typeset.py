"""Mathematical type of matplotlib as HTML, which needs no program that typesets."""

import re

_SYMBOLS = {
    **{r"\gamma": "γ", r"\theta": "θ", r"\tau": "τ", r"\mu": "μ", r"\pi": "π", r"\epsilon": "ε", r"\chi": "χ"},
    **{r"\sin": "sin ", r"\to": "→", r"\times": "×", r"\,": "\N{THIN SPACE}"},
}
_UPRIGHT = re.compile(r"\\mathrm\{([^{}]*)\}")
_LOWERED = re.compile(r"_(?:\{([^{}]*)\}|(\w))")
_RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(\w))")
_FORMULA = re.compile(r"\$([^$]*)\$")


def as_html(text: str) -> str:
    """The text, with what stands between dollars in letters, ``<sub>`` and ``<sup>``."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMULA.sub(lambda found: _formula(found[1]), plain)


def _formula(text: str) -> str:
    for command, symbol in _SYMBOLS.items():
        text = text.replace(command, symbol)
    text = _UPRIGHT.sub(r"\1", text).replace("-", "\N{MINUS SIGN}")
    for pattern, tag in ((_LOWERED, "sub"), (_RAISED, "sup")):
        text = pattern.sub(lambda found, tag=tag: f"<{tag}>{found[1] or found[2]}</{tag}>", text)
    return text
