"""Spectra of particles in two variables, as small tables that make both a density and a sampler."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp.errors import SpectrumError
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]

Scale = Literal["linear", "log"]


@dataclass(frozen=True, eq=False, repr=False)
class SpectrumTable(PlainArguments):
    """Distribution of particles in two variables, such as energy and transverse momentum.

    The density is given at the nodes of a grid and bilinear between them, each variable taken on its scale; outside
    of the grid it is zero. Both `density` and `sample` are exact for that density, so that weighed and unweighed
    samples agree.

    Parameters
    ----------
    names
        Names of the two variables, with their unit if they have one, as in ``("x", "pT2/GeV^2")``.
    nodes
        Increasing values of each variable; at least two.
    values
        Density at the nodes, shape (nodes of the first, nodes of the second), with respect to each variable on
        its scale: dN/(d ln x d y) for the scales ``("log", "linear")``. Only ratios matter: the sum is made 1.
    scales
        ``"linear"`` or ``"log"`` for each variable.
    metadata
        What else the table says, such as the generator, its settings and seed, and the number of particles for
        each collision.

    Raises
    ------
    SpectrumError
        If shapes do not match, nodes do not increase (or are not positive on a logarithmic scale), or a density is
        negative, not finite, or zero everywhere.

    Examples
    --------
    >>> flat = SpectrumTable(("x", "y"), ((0.0, 1.0), (1.0, 10.0)), [[1.0, 1.0], [1.0, 1.0]], ("linear", "log"))
    >>> flat.sample(np.array([[0.25, 0.5]])).round(4)
    array([[0.25  , 3.1623]])
    >>> round(float(flat.density(0.25, 3.1623)), 4)
    0.1373
    """

    names: tuple[str, str]
    nodes: tuple[Sequence[float] | Array, Sequence[float] | Array]
    values: Sequence[Sequence[float]] | Array
    scales: tuple[Scale, Scale] = ("linear", "linear")
    metadata: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        on_scale: list[Array] = []
        for name, nodes, scale in zip(self.names, self.nodes, self.scales, strict=True):
            if scale not in get_args(Scale):
                raise SpectrumError(f"scales = {self.scales} must hold {' or '.join(map(repr, get_args(Scale)))}")
            numbers = np.asarray(nodes, dtype=float)
            low = 0.0 if scale == "log" else -np.inf
            if numbers.ndim != 1 or len(numbers) < 2 or not np.all(np.diff([low, *numbers]) > 0):
                raise SpectrumError(f"nodes of {name} must be at least two, increase, and suit the scale {scale!r}")
            on_scale.append(_scaled(numbers, scale))
        u, v = on_scale
        values = np.asarray(self.values, dtype=float)
        if values.shape != (len(u), len(v)):
            raise SpectrumError(f"values have shape {values.shape}; the nodes ask for ({len(u)}, {len(v)})")
        if not (np.isfinite(values) & (values >= 0)).all() or not values.any():
            raise SpectrumError(f"values of the spectrum in {' and '.join(self.names)} must be finite, >= 0, not all 0")
        rows = _cumulative(values, v)[:, -1]
        total = float(_cumulative(rows[None], u)[0, -1])
        object.__setattr__(self, "values", values / total)
        object.__setattr__(self, "nodes", tuple(np.asarray(nodes, dtype=float) for nodes in self.nodes))
        object.__setattr__(self, "_u", u)
        object.__setattr__(self, "_v", v)

    @classmethod
    def read(cls, text: str) -> "SpectrumTable":
        """Read a table as `write` makes it.

        Raises
        ------
        SpectrumError
            If the text is no such table.
        """
        lines = text.splitlines()
        comments = [line[1:] for line in lines if line.startswith("#")]
        metadata = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in comments)}
        rows = [line.split(",") for line in lines if line and not line.startswith("#")]
        scales = tuple(metadata.pop("scales", "").split())
        try:
            first, _, second = rows[0][0].partition("\\")
            grid = np.array([row[1:] for row in rows], dtype=float)
            nodes = np.array([row[0] for row in rows[1:]], dtype=float)
        except (ValueError, IndexError) as error:
            raise SpectrumError(f"this is no table of a spectrum: {error}") from error
        return cls((first, second), (nodes, grid[0]), grid[1:], scales, metadata)  # type: ignore[arg-type]

    def write(self) -> str:
        """The table as text: a header of comments, the second variable's nodes, then a row for each of the first."""
        header = [f"# {key}: {value}" for key, value in self.metadata.items()]
        header.append(f"# scales: {' '.join(self.scales)}")
        first, second = (np.asarray(nodes) for nodes in self.nodes)
        lines = [",".join(["\\".join(self.names), *(f"{node:.6g}" for node in second)])]
        for node, row in zip(first, np.asarray(self.values), strict=True):
            lines.append(",".join([f"{node:.6g}", *(f"{value:.4g}" for value in row)]))
        return "\n".join([*header, *lines]) + "\n"

    @staticmethod
    def count(
        nodes: tuple[Sequence[float] | Array, Sequence[float] | Array],
        sample: Array,
        scales: tuple[Scale, Scale] = ("linear", "linear"),
    ) -> Array:
        """Number of particles of a sample (n, 2) in the cell around each node; those outside of the grid are left out.

        Counts of several samples add up to those of all, for `from_counts`.
        """
        edges = [_cell_edges(_scaled(np.asarray(n, dtype=float), s)) for n, s in zip(nodes, scales, strict=True)]
        with np.errstate(divide="ignore"):
            u, v = (_scaled(column, s) for column, s in zip(np.asarray(sample, dtype=float).T, scales, strict=True))
        counts, _, _ = np.histogram2d(u, v, bins=edges)
        return np.asarray(counts)

    @classmethod
    def from_counts(
        cls,
        names: tuple[str, str],
        nodes: tuple[Sequence[float] | Array, Sequence[float] | Array],
        counts: Array,
        scales: tuple[Scale, Scale] = ("linear", "linear"),
        metadata: Mapping[str, str] | None = None,
    ) -> "SpectrumTable":
        """SpectrumTable from the numbers of particles in the cells around the nodes, as `count` gives them."""
        widths = [
            np.diff(_cell_edges(_scaled(np.asarray(n, dtype=float), s))) for n, s in zip(nodes, scales, strict=True)
        ]
        return cls(names, nodes, counts / np.multiply.outer(*widths), scales, dict(metadata or {}))

    def above(self, low: float) -> "tuple[SpectrumTable, float]":
        """The part of the table whose first variable is at least `low`, and which share of all that is.

        Raises
        ------
        SpectrumError
            If nothing is left.
        """
        u, v, values = self._arrays()
        first, last = self.ranges[0]
        if not low < last:
            raise SpectrumError(f"low = {low:g} must be below {last:g}, where the spectrum in {self.names[0]} ends")
        if low <= first:
            return self, 1.0
        start = float(_scaled(np.asarray(low), self.scales[0]))
        edge = [np.interp(start, u, column) for column in values.T]
        kept = u > start
        nodes = np.concatenate([[low], np.asarray(self.nodes[0])[kept]])
        rest = np.concatenate([[edge], values[kept]])
        rows = _cumulative(rest, v)[:, -1]
        share = float(_cumulative(rows[None], np.concatenate([[start], u[kept]]))[0, -1])
        return SpectrumTable(self.names, (nodes, self.nodes[1]), rest, self.scales, self.metadata), share

    def times(self, factor: Array) -> "tuple[SpectrumTable, float]":
        """The table times a factor at its nodes, and which share of all it is then, if the factor is a probability.

        Parameters
        ----------
        factor
            Factors that broadcast to (nodes of the first, nodes of the second).

        Raises
        ------
        SpectrumError
            If nothing is left.
        """
        u, v, values = self._arrays()
        product = values * factor
        share = float(_cumulative(_cumulative(product, v)[:, -1][None], u)[0, -1])
        return SpectrumTable(self.names, self.nodes, product, self.scales, self.metadata), share

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Lowest and highest value of either variable."""
        first, second = self.nodes
        return (float(first[0]), float(first[-1])), (float(second[0]), float(second[-1]))

    def number(self, key: str) -> float:
        """A number of the metadata, such as ``"per_collision"``.

        Raises
        ------
        SpectrumError
            If the table does not say it, or says something that is no number.
        """
        try:
            return float(self.metadata[key])
        except (KeyError, ValueError) as error:
            raise SpectrumError(f"key = {key!r} is no number of this spectrum, which says {self.metadata}") from error

    def density(self, first: ArrayLike, second: ArrayLike) -> Array:
        """Probability density dP/(d first d second), per natural unit of both variables whatever their scales.

        Parameters
        ----------
        first, second
            Values of the variables, broadcast against each other; the density is zero outside of the grid.
        """
        u, v, values = self._arrays()
        one, two = np.broadcast_arrays(np.asarray(first, dtype=float), np.asarray(second, dtype=float))
        inside = np.ones(one.shape, dtype=bool)
        for numbers, (low, high) in zip((one, two), self.ranges, strict=True):
            inside &= (numbers >= low) & (numbers <= high)
        safe_one, safe_two = np.where(inside, one, self.ranges[0][0]), np.where(inside, two, self.ranges[1][0])
        i, s = _locate(u, _scaled(safe_one, self.scales[0]))
        j, t = _locate(v, _scaled(safe_two, self.scales[1]))
        lower = (1 - s) * values[i, j] + s * values[i + 1, j]
        upper = (1 - s) * values[i, j + 1] + s * values[i + 1, j + 1]
        density = (1 - t) * lower + t * upper
        for numbers, scale in ((safe_one, self.scales[0]), (safe_two, self.scales[1])):
            density = density / numbers if scale == "log" else density
        return np.where(inside, density, 0.0)

    def marginal(self, first: ArrayLike) -> Array:
        """Probability density dP/d first, whatever the second variable; zero outside of the grid."""
        u, v, values = self._arrays()
        numbers = np.asarray(first, dtype=float)
        low, high = self.ranges[0]
        safe = np.clip(numbers, low, high)
        density = np.interp(_scaled(safe, self.scales[0]), u, _cumulative(values, v)[:, -1])
        density = density / safe if self.scales[0] == "log" else density
        return np.where((numbers >= low) & (numbers <= high), density, 0.0)

    def first(self, points: Array) -> Array:
        """Values (n,) of the first variable at which its distribution function takes the values (n,) of points."""
        u, v, values = self._arrays()
        return _unscaled(_invert(u, _cumulative(values, v)[:, -1][None], points), self.scales[0])

    def second(self, first: Array, points: Array) -> Array:
        """Values (n,) of the second variable at which its distribution, given the first (n,), takes those of points."""
        u, v, values = self._arrays()
        cell, place = _locate(u, np.clip(_scaled(first, self.scales[0]), u[0], u[-1]))
        conditional = (1 - place)[:, None] * values[cell] + place[:, None] * values[cell + 1]
        return _unscaled(_invert(v, conditional, points), self.scales[1])

    def sample(self, points: Array) -> Array:
        """Values (n, 2) of the two variables from points (n, 2) of the unit square.

        The first coordinate decides about the first variable; uniform points give particles of the density.
        """
        first = self.first(points[:, 0])
        return np.stack([first, self.second(first, points[:, 1])], axis=1)

    def _arrays(self) -> tuple[Array, Array, Array]:
        """Nodes on their scales, and the normalised values."""
        return self.__dict__["_u"], self.__dict__["_v"], np.asarray(self.values)

    def __repr__(self) -> str:
        (a, b), (c, d) = self.ranges
        return f"<SpectrumTable in {self.names[0]} from {a:g} to {b:g} and {self.names[1]} from {c:g} to {d:g}>"


@lru_cache(maxsize=256)
def spectrum_table(name: str) -> SpectrumTable:
    """A spectrum that comes with the package, by the name of its file in `lpp/spectra/data`, without ``.csv``.

    Raises
    ------
    SpectrumError
        If there is none of this name.
    """
    path = files("farflung.lpp.spectra").joinpath("data", f"{name}.csv")
    if not path.is_file():
        raise SpectrumError(f"name = {name!r} is no spectrum of this package")
    return SpectrumTable.read(path.read_text(encoding="utf-8"))


def _scaled(numbers: Array, scale: Scale) -> Array:
    return np.asarray(np.log(numbers)) if scale == "log" else numbers


def _unscaled(numbers: Array, scale: Scale) -> Array:
    return np.asarray(np.exp(numbers)) if scale == "log" else numbers


def _cell_edges(nodes: Array) -> Array:
    return np.concatenate([nodes[:1], (nodes[1:] + nodes[:-1]) / 2, nodes[-1:]])


def _cumulative(values: Array, nodes: Array) -> Array:
    """Integrals (k, n) from the first node to each, of densities (k, n) that are linear between the nodes (n,)."""
    pieces = (values[:, 1:] + values[:, :-1]) / 2 * np.diff(nodes)
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(pieces, axis=1)], axis=1)


def _locate(nodes: Array, numbers: Array) -> tuple[NDArray[np.intp], Array]:
    """Cell of each number, and how far into it, 0 to 1."""
    cell = np.clip(np.searchsorted(nodes, numbers, side="right") - 1, 0, len(nodes) - 2)
    return cell, (numbers - nodes[cell]) / (nodes[cell + 1] - nodes[cell])


def _invert(nodes: Array, values: Array, points: Array) -> Array:
    """Where the distribution functions of piecewise linear densities (1 or n, k) take the values of points (n,)."""
    cumulative = _cumulative(values, nodes)
    wanted = points * cumulative[:, -1]
    if len(values) == 1:
        cell = np.searchsorted(cumulative[0], wanted, side="right") - 1
        row = np.zeros(len(points), dtype=np.intp)
    else:
        cell = (cumulative <= wanted[:, None]).sum(axis=1) - 1
        row = np.arange(len(points))
    cell = np.clip(cell, 0, len(nodes) - 2)
    left, right, width = values[row, cell], values[row, cell + 1], np.diff(nodes)[cell]
    rest = np.maximum(wanted - cumulative[row, cell], 0.0) / width
    # left s + (right - left) s^2/2 = rest, in the form that does not cancel
    root = np.sqrt(np.maximum(left**2 + 2 * (right - left) * rest, 0.0))
    place = np.clip(2 * rest / np.maximum(left + root, 1e-300), 0.0, 1.0)
    return np.asarray(nodes[cell] + place * width)
