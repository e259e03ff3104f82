"""How the searches of a sweep are drawn and what they are called in a picture."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any, Literal

import xarray as xr
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from farflung.scenarios import ScenarioError
from farflung.scenarios.sweeps.statistics import UNSTATED, other_levels
from farflung.viz.style import DISPLACED, INVISIBLE, MORE

HUES = ("#0072B2", "#E69F00", "#8C510A", "#009E73", "#2F4F4F", "#D55E00", "#56B4E9", "#6B6B00", "#CC79A7", "#7A4FB5")
"""One for each detector: neighbours differ also to the colour-blind and in print without colours."""

HATCH, HATCH_WIDTH = "//////", 0.7

THIN, _THICK = 1.4, 2.6

GREY = "#606060"
"""Of entries that stand for no search of their own."""

_CHANGEABLE = {"colour", "fill", "hatched", "width"}


@dataclass(frozen=True)
class SearchStyle:
    """The look of one search, and its names, the best first."""

    colour: str
    fill: float
    hatched: bool
    width: float
    texts: tuple[str, ...]
    title: str
    short: tuple[str, ...] = ()
    detector: str = ""

    def brief(self) -> Patch:
        """An entry of a legend that names the detector alone, in its colour."""
        return Patch(facecolor=(self.colour, 0.3), edgecolor=self.colour, label=self.detector or self.title)

    def handle(self, *, without_reach: bool = False, lines: float = 1.0) -> Patch:
        """An entry of a legend, widths of its lines multiplied with `lines`."""
        if without_reach:
            return Patch(facecolor="none", edgecolor=self.colour, label=f"{self.title}: no reach", linewidth=lines)
        patch = Patch(
            facecolor=(self.colour, self.fill), edgecolor=self.colour, linestyle=self.line,
            linewidth=self.width * lines, label=self.title, hatch=HATCH if self.hatched else None,
        )  # fmt: skip
        patch.set_hatch_linewidth(HATCH_WIDTH * lines)
        return patch

    @property
    def line(self) -> Literal["solid", "dashed"]:
        """Style of the border."""
        return "dashed" if self.hatched else "solid"


def search_styles(data: xr.Dataset, remarks: Mapping[str, str] | None = None) -> dict[str, SearchStyle]:
    """A style for each search of a sweep, by its name.

    Of a single detector, each search has a colour of its own. Of several, each detector has one: searches for decays
    inside a solid are filled, those for decays outside of it hatched and dashed. Projections have thick lines, results
    thin ones. Names of searches at another confidence level than most, or than was asked for, say so,
    beside what else is remarked of them in whole names.
    """
    names = [str(name) for name in data["search"].values]
    detectors = list(dict.fromkeys(name.split(":")[0] for name in names))
    whole = _by_name(data, "search_title", names)
    given = list(whole.values())
    whole = {name: f"{text} ({name.split(':')[0]})" if given.count(text) > 1 else text for name, text in whole.items()}
    of_detector = _by_name(data, "detector_title", names)
    own = {name: whole[name].removeprefix(f"{of_detector[name]}, ") for name in names}
    bare, alone, briefs = dict(own), dict(of_detector), dict[str, str]()
    for name in names:
        said = [level] if (level := _other_level(data, name)) else []
        alone[name] = _with_remarks(alone[name], said)
        briefs[name] = _with_remarks(whole[name].replace(f", {bare[name]}", ""), said) if of_detector[name] else ""
        said += [remarks[name]] if remarks and name in remarks else []
        own[name], whole[name] = (_with_remarks(text, said) for text in (own[name], whole[name]))
    status = _by_name(data, "status", names)
    width = {name: 2.0 for name in names}
    if len(set(status.values())) > 1:
        width = {name: _THICK if status[name] == "projection" else THIN for name in names}
    if len(detectors) == 1:
        return {
            name: SearchStyle(colour, 0.30, False, width[name], (own[name],), whole[name])
            for name, colour in _colours(names).items()
        }
    decays = _by_name(data, "decays", names)
    hues = dict(zip(detectors, cycle(HUES), strict=False))
    # where colour and hatching tell its searches apart, a detector's name alone is enough
    kinds = Counter((name.split(":")[0], decays[name] == "outside") for name in names)
    styles = {}
    for name in names:
        missed = decays[name] == "outside"
        styles[name] = SearchStyle(
            colour=hues[name.split(":")[0]],
            fill=0.03 if missed else 0.16,
            hatched=missed,
            width=width[name],
            texts=(f"{of_detector[name]}\n{own[name]}".strip(), whole[name]),
            title=whole[name],
            detector=briefs[name],
            short=(alone[name],) if kinds[name.split(":")[0], missed] == 1 and of_detector[name] else (),
        )
    return styles


def level_suffix(data: xr.Dataset, name: str) -> str:
    """What is said behind the name of a search at another confidence level than most, or than was asked for."""
    return _with_remarks("", [level] if (level := _other_level(data, name)) else [])


def _other_level(data: xr.Dataset, name: str) -> str:
    """The confidence level of a search, if it is another than that of most, or than was asked for."""
    level = other_levels(data).get(name)
    return "" if level is None else "CL not stated" if level == UNSTATED else f"{level} CL"


def expected(data: xr.Dataset) -> set[str]:
    """Searches that are projections, by name."""
    names = [str(name) for name in data["search"].values]
    return {name for name, status in _by_name(data, "status", names).items() if status == "projection"}


def marked_expected(data: xr.Dataset) -> set[str]:
    """Searches that are projections, by name, where there are results beside them."""
    found = expected(data)
    return found if len(found) < data.sizes["search"] else set()


def restyled(
    styles: Mapping[str, SearchStyle], changes: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> dict[str, SearchStyle]:
    """The styles with what is said of single searches, or of all those of a detector, and with other names.

    Raises
    ------
    ScenarioError
        If a search, a detector or what is to change is not there.
    """
    known = [*styles, *dict.fromkeys(name.split(":")[0] for name in styles)]
    for argument, given in (("style", changes), ("labels", names)):
        for name in given:
            if name not in known or (argument == "labels" and name not in styles):
                raise ScenarioError(f"{argument} names '{name}', which is not among {', '.join(styles)}")
    for name, change in changes.items():
        if odd := set(change) - _CHANGEABLE:
            raise ScenarioError(
                f"style['{name}'] has {sorted(odd)[0]}; what can change is {', '.join(sorted(_CHANGEABLE))}"
            )
    found = {}
    for name, style in styles.items():
        change = {**changes.get(name.split(":")[0], {}), **changes.get(name, {})}
        if name in names:
            change |= {"title": names[name], "texts": (names[name],), "short": ()}
        found[name] = replace(style, **change)
    return found


def key_to(styles: Iterable[SearchStyle], lines: float = 1.0) -> list[Artist]:
    """Entries of a legend that tell filled from hatched regions and thick from thin lines, as far as there are both.

    Widths of lines are multiplied with `lines`.
    """
    known = list(styles)
    entries: list[Artist] = []
    if len({style.hatched for style in known}) > 1:
        seen = SearchStyle(GREY, 0.16, False, THIN, (), "decay seen")
        missed = replace(seen, hatched=True, fill=0.03, title="nothing seen")
        entries += [seen.handle(lines=lines), missed.handle(lines=lines)]
    if len({style.width for style in known}) > 1:
        for width, label in ((_THICK, "expected (projection)"), (THIN, "excluded (result)")):
            entries.append(Line2D([], [], color=GREY, linewidth=width * lines, label=label))
    return entries


def _with_remarks(text: str, remarks: Sequence[str]) -> str:
    return f"{text} ({', '.join(remarks)})" if remarks else text


def _by_name(data: xr.Dataset, coordinate: str, names: list[str]) -> dict[str, str]:
    """A coordinate's values by search; empty texts if the sweep does not have it."""
    values = map(str, data[coordinate].values) if coordinate in data.coords else [""] * len(names)
    return dict(zip(names, values, strict=True))


def _colours(names: list[str]) -> dict[str, str]:
    """One colour per search of a single detector: displaced and invisible keep the two colours of the paper."""
    usual = {"displaced": DISPLACED, "invisible": INVISIBLE}
    free = cycle(MORE)
    return {name: usual.get(name.split(":", 1)[-1]) or next(free) for name in names}
