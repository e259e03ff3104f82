"""A batch of particles on their way."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SamplingError
from farflung.lpp.html_table import html_table, range_text
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]

_ROUNDING = 1e-9
"""How far from 1 the sum of weights may be that were divided by their sum."""


@dataclass(frozen=True, eq=False)
class Recoil(PlainArguments, argument_error=SamplingError):
    """What flies beside each long-lived particle, made with it.

    Attributes
    ----------
    name
        PDG name, as in ``"K+"``; it stands for the antiparticle too. Or that of another new particle.
    momentum
        Momenta (n, 3) [GeV], in the order of the flights.
    """

    name: str
    momentum: Array


@dataclass(frozen=True, eq=False, repr=False)
class Flights(PlainArguments, argument_error=SamplingError):
    """Particles of one mass, each with an origin, a momentum and a weight.

    From any source: drawn by a detector, read from a generator's events, or written down by hand.

    Attributes
    ----------
    origin
        Where each particle is made (n, 3) [m]; one point (3,) serves all.
    momentum
        Momentum (n, 3) [GeV].
    mass
        Mass [GeV].
    weight
        Share (n,) of each particle in the sample; by default 1/n each. The weights of a sample that covers all
        directions sum to 1 (aimed samples: within their statistical error).
    block
        Which statistically independent part (n,) of the sample a flight belongs to, numbered from 0; each block
        on its own is a full sample with 1/(number of blocks) of the weight. By default the flights are
        independent of one another.
    complete
        Whether the sample covers all directions. If not, it was aimed at something: the weights sum to less than 1,
        and what is missing flies past it.
    recoil
        What flies beside the particles: empty for nothing, None where it is not known, as in a sample from elsewhere.
    drawn_weight
        Weights (n,) with which the particles were drawn, before a selection changed them; `weighed` keeps them, and
        statistical errors refer to them. None where the weights are those.
    unit
        Of pilots, from which one learns where to draw more: the points (n, dimension) of the unit cube of which they
        were made, and a last coordinate that is 1 for those in the first half of their block.
    seed
        Seed with which they were drawn, which the decays that are drawn along them follow; None if there was none.

    Raises
    ------
    SamplingError
        If shapes do not match, a number is not finite, or the mass or a weight is negative. A zero momentum is
        allowed: such a particle decays where it is.
    """

    origin: Array
    momentum: Array
    mass: float
    weight: Array = field(default_factory=lambda: np.empty(0))  # empty stands for equal weights
    block: NDArray[np.int64] | None = None
    complete: bool = True
    recoil: tuple[Recoil, ...] | None = None
    drawn_weight: Array | None = field(default=None, kw_only=True)
    unit: Array | None = field(default=None, kw_only=True)
    seed: int | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        momentum = np.atleast_2d(np.asarray(self.momentum, dtype=float))
        if momentum.ndim != 2 or momentum.shape[1] != 3 or not len(momentum):
            raise SamplingError(f"momentum has shape {momentum.shape}; it must be (n, 3) with n > 0")
        n = len(momentum)
        origin = np.asarray(self.origin, dtype=float)
        if origin.shape not in ((3,), (n, 3)):
            raise SamplingError(f"origin has shape {origin.shape}; it must be (3,) or ({n}, 3), as momentum")
        weight = np.asarray(self.weight, dtype=float)
        weight = np.full(n, 1 / n) if weight.size == 0 else weight
        if weight.shape != (n,):
            raise SamplingError(f"weight has shape {weight.shape}; it must be ({n},), as momentum")
        for label, values in (("origin", origin), ("momentum", momentum), ("weight", weight)):
            if not np.isfinite(values).all():
                bad = np.flatnonzero(~np.isfinite(values).reshape(len(values), -1).all(axis=1))[0]
                raise SamplingError(f"{label}[{bad}] = {values[bad]} is not finite")
        if np.ndim(self.mass) or not (np.isfinite(self.mass) and self.mass >= 0):
            raise SamplingError(f"mass = {self.mass} GeV is not one finite, non-negative mass for all flights")
        if (weight < 0).any():
            raise SamplingError(f"weight[{np.argmin(weight)}] = {weight.min():g} is negative")
        if self.block is not None:
            block = np.asarray(self.block)
            if block.shape != (n,) or not np.array_equal(np.unique(block), np.arange(block.max() + 1)):
                raise SamplingError(f"block must hold ({n},) numbers 0, 1, ... without a gap")
            object.__setattr__(self, "block", block.astype(np.int64))
        if self.drawn_weight is not None and np.shape(self.drawn_weight) != (n,):
            raise SamplingError(f"drawn_weight has shape {np.shape(self.drawn_weight)}; it must be ({n},), as momentum")
        for beside in self.recoil or ():
            if np.shape(beside.momentum) != (n, 3):
                raise SamplingError(
                    f"recoil {beside.name} has momenta of shape {np.shape(beside.momentum)}; it must be ({n}, 3)"
                )
        object.__setattr__(self, "origin", np.broadcast_to(origin, (n, 3)))
        object.__setattr__(self, "momentum", momentum)
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "mass", float(self.mass))

    @classmethod
    def together(cls, samples: Sequence["Flights"], shares: Sequence[float]) -> "Flights":
        """One sample of several, such as those of different decays that make the same particle.

        Parameters
        ----------
        samples
            Samples of particles of one mass, independent of each other.
        shares
            Share of each sample in all particles; together 1.

        Raises
        ------
        SamplingError
            If there is no sample, masses differ, or shares do not match.
        """
        if not samples or len(samples) != len(shares):
            raise SamplingError(f"{len(samples)} samples and {len(shares)} shares do not make one sample")
        if len({sample.mass for sample in samples}) != 1:
            raise SamplingError("samples hold particles of different masses, which cannot be one sample")
        blocks = [sample.block for sample in samples if sample.block is not None]
        counts = [int(block.max()) + 1 for block in blocks]
        # where some have more blocks than others, several make one
        blocks = [block * min(counts) // count for block, count in zip(blocks, counts, strict=True)]
        return cls(
            np.concatenate([sample.origin for sample in samples]),
            np.concatenate([sample.momentum for sample in samples]),
            samples[0].mass,
            np.concatenate([share * sample.weight for share, sample in zip(shares, samples, strict=True)]),
            np.concatenate(blocks) if len(blocks) == len(samples) else None,
            all(sample.complete for sample in samples),
            joined_recoil(samples),
            drawn_weight=np.concatenate(
                [share * sample.sampled_share for share, sample in zip(shares, samples, strict=True)]
            ),
            seed=samples[0].seed,
        )

    def weighed(self, chance: Array, *, normalised: bool = False) -> "Flights":
        """The same flights with weights times a probability (n,), such as that to be selected.

        Parameters
        ----------
        chance
            Probability (n,) for each flight.
        normalised
            Whether to divide by what is left in each block, so that the flights stand for all that are selected.

        Raises
        ------
        SamplingError
            If nothing would be left, or shapes do not match.
        """
        if np.shape(chance) != (len(self),):
            raise SamplingError(f"chance has shape {np.shape(chance)}; it must be ({len(self)},), as the flights")
        weight = self.weight * chance
        if not normalised:
            return replace(self, weight=weight, drawn_weight=self.sampled_share)
        if not weight.any():
            raise SamplingError(f"chance is zero for all flights of {self.mass:g} GeV, so that none is left")
        kept = weight > 0
        if self.block is None:
            return replace(self.taken(kept), weight=weight[kept] / weight.sum())
        # each block is a sample of its own
        blocks, block = np.unique(self.block[kept], return_inverse=True)
        share = weight[kept] / (np.bincount(block, weight[kept])[block] * len(blocks))
        return replace(self.taken(kept), weight=share, block=block)

    def taken(self, which: NDArray[np.bool_]) -> "Flights":
        """Those of the flights that a mask (n,) names, without their blocks."""
        return replace(
            self,
            origin=self.origin[which],
            momentum=self.momentum[which],
            weight=self.weight[which],
            block=None,
            drawn_weight=None,
            unit=None if self.unit is None else self.unit[which],
            recoil=None if self.recoil is None else tuple(Recoil(r.name, r.momentum[which]) for r in self.recoil),
        )

    def __len__(self) -> int:
        return len(self.momentum)

    @property
    def sampled_share(self) -> Array:
        """Share (n,) of each particle in the sample as it was drawn, to which statistical errors refer.

        For particles in blocks, each of which is a sample of its own, it is 1/(blocks x particles in the block).
        Else it is `drawn_weight`; or the weight, where the weights sum to 1, as those of events that were divided by
        their sum; or 1/n, because weights that do not are estimates themselves.
        """
        if self.block is not None:
            size = np.bincount(self.block)
            return np.asarray(1 / (len(size) * size[self.block]))
        if self.drawn_weight is not None:
            return self.drawn_weight
        if abs(self.weight.sum() - 1) <= _ROUNDING:
            return self.weight
        return np.full(len(self), 1 / len(self))

    @property
    def p(self) -> Array:
        """Absolute momentum (n,) [GeV]."""
        return np.asarray(np.linalg.norm(self.momentum, axis=1))

    @property
    def energy(self) -> Array:
        """Energy (n,) [GeV]."""
        return np.asarray(np.hypot(self.p, self.mass))

    @property
    def beta_gamma(self) -> Array:
        """Boost beta gamma = p/m (n,): lab decay length over c tau. Infinite for a massless particle."""
        with np.errstate(divide="ignore"):
            return np.asarray(self.p / self.mass) if self.mass else np.full(len(self), np.inf)

    @property
    def direction(self) -> Array:
        """Unit vectors (n, 3) of the momenta; along z for a particle at rest."""
        p = self.p[:, None]
        return np.where(p > 0, self.momentum / np.where(p > 0, p, 1.0), np.array([0.0, 0.0, 1.0]))

    def __repr__(self) -> str:
        aimed = "" if self.complete else ", aimed"
        return f"<Flights: {len(self)} of mass {self.mass:g} GeV, weights sum to {self.weight.sum():.6g}{aimed}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        facts: dict[str, object] = {"mass": f"{self.mass:g} GeV", "weights": f"sum to {self.weight.sum():.6g}"}
        theta = np.arctan2(np.hypot(self.momentum[:, 0], self.momentum[:, 1]), self.momentum[:, 2])
        mean = np.average(self.p, weights=self.weight) if self.weight.any() else self.p.mean()
        facts["momenta"] = f"{range_text(self.p.min(), self.p.max(), 'GeV')}, {mean:.4g} GeV on average"
        facts["angles"] = f"{range_text(theta.min(), theta.max(), 'rad')} from the beam"
        if (self.origin == self.origin[0]).all():
            facts["origin"] = ", ".join(f"{value:g}" for value in self.origin[0]) + " m"
        else:
            facts["origins"] = f"z from {range_text(self.origin[:, 2].min(), self.origin[:, 2].max(), 'm')}"
        facts["directions"] = "all" if self.complete else "those of a detector, at which the flights are aimed"
        facts["beside each"] = "not known" if self.recoil is None else ", ".join(part.name for part in self.recoil)
        return html_table(f"{len(self)} flights", facts)


def joined_recoil(samples: Sequence[Flights]) -> tuple[Recoil, ...] | None:
    """Recoil of several samples one after the other; not known where they have different ones."""
    parts = [sample.recoil for sample in samples if sample.recoil is not None]
    if len(parts) < len(samples) or len({tuple(beside.name for beside in part) for part in parts}) != 1:
        return None
    columns = zip(*parts, strict=True)
    return tuple(Recoil(column[0].name, np.concatenate([part.momentum for part in column])) for column in columns)
