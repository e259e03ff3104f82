"""The base of all solids: what a region of space can be asked."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.geometry import described
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import arrays, chords, rays
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.plain_arguments import PlainArguments
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh
    from scipy.spatial.transform import Rotation

CHUNK = 1 << 14
"""Rays or points that a solid is asked about at once: what is needed in between fits into a cache."""


class Solid(PlainArguments, ABC):
    """A region of space, bounded or not.

    The public methods check what they are given, cut it into chunks so that the memory stays bounded, and
    call the hooks that a subclass writes. Distances are metres, points and directions arrays of shape (n, 3).
    Solids are immutable: nothing changes one after it was made.

    To write a solid of your own, derive from this class and write ``_contains``, ``_stretches``, ``_bounds``
    and ``_key``; and, where there is a formula, ``_volume`` and ``_to_mesh``.
    """

    # What solids are made of solids with; `Combination` and `Moved` put it here when they are defined, so that
    # this file knows none of its subclasses.
    _make_combination: ClassVar[Callable[["Solid", "Solid", str], "Solid"]]
    _make_moved: ClassVar[Callable[["Solid", ArrayLike, "Rotation | ArrayLike | None"], "Solid"]]

    # ---- hooks -------------------------------------------------------------------------------------------

    @abstractmethod
    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        """Tell which of the points (n, 3) lie inside; all coordinates are finite."""

    @abstractmethod
    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        """Return the stretches inside of rays (n, 3), (n, 3); all finite, all directions of length one."""

    @abstractmethod
    def _bounds(self) -> FloatArray:
        """Return the lowest and the highest corner of a box around the solid, (2, 3), inf where endless."""

    @abstractmethod
    def _key(self) -> Hashable:
        """Return what makes two solids of this class equal."""

    def _volume(self) -> float:
        """Return the volume of a bounded solid; unless overwritten, from chords along the axes."""
        return self._chord_volume()

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        """Return a closed mesh of a bounded solid."""
        raise GeometryError(f"{type(self).__name__} has no mesh; write its _to_mesh() if it needs one")

    def _mesh_within(self, low: FloatArray, high: FloatArray, segments: int) -> "trimesh.Trimesh":
        """Return a closed mesh that is right inside a box; of an endless solid, it may be anything outside."""
        return self._to_mesh(segments)

    def _combined(self, other: "Solid", operation: str) -> "Solid | None":
        """Return ``self`` and ``other`` combined ("|", "&", "-") as one simpler solid, or None."""
        return None

    def _operands(self) -> "tuple[Solid, Solid, str] | None":
        """Return the two solids that this one is a combination of, and the operation; None for anything else."""
        return None

    def _planes_behind(self) -> FloatArray | None:
        """Return the planes (m, 4) behind all of which the solid lies, if that is all there is to it."""
        return None

    def _axial_profile(self, reach: float) -> Any:
        """Return the outline in (z, r), up to ``reach`` at least, of a solid that is round about z."""
        return None

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        """Return the bounds after turning the solid; unless overwritten, of its turned bounding box."""
        low, high = self._bounds()
        # a product of 0 and inf means that the direction without an end does not show along this axis
        ends = np.stack([np.where(rotation == 0, 0, rotation * np.where(rotation == 0, 0, end)) for end in (low, high)])
        turned: FloatArray = np.stack([ends.min(axis=0).sum(axis=1), ends.max(axis=0).sum(axis=1)])
        return turned

    # ---- what a solid can be asked -----------------------------------------------------------------------

    def contains(self, points: ArrayLike) -> NDArray[np.bool_]:
        """Tell which points lie inside.

        Parameters
        ----------
        points : (n, 3) or (3,) array
            Points [m].

        Returns
        -------
        (n,) bool array, or a bool scalar for a single point
            Points on the surface follow the rule that the class of the solid documents.

        Raises
        ------
        GeometryError
            If the shape is neither (n, 3) nor (3,), or a coordinate is not finite.
        """
        given = arrays.vectors("points", points)
        flat = np.require(given.reshape(-1, 3), requirements=("C", "W"))
        bad = int(rays.first_not_finite(flat))
        if bad >= 0:
            raise GeometryError(f"points must have finite coordinates in metres, point {bad} is {flat[bad].tolist()}")
        inside = np.empty(len(flat), dtype=np.bool_)
        for begin in range(0, len(flat), CHUNK):
            inside[begin : begin + CHUNK] = self._contains(flat[begin : begin + CHUNK])
        return inside.reshape(given.shape[:-1])

    def stretches(self, origins: ArrayLike, directions: ArrayLike) -> Stretches:
        """Return the stretches of rays that lie inside.

        Parameters
        ----------
        origins : (n, 3) or (3,) array
            Where the rays start [m]; one origin serves all directions.
        directions : (n, 3) or (3,) array
            Where they go, of any length but zero; the distances are metres all the same.

        Returns
        -------
        Stretches
            Sorted and disjoint along each ray, never negative and never NaN. A ray that starts inside has a
            first stretch that starts at 0; one that misses has none. A ray that starts exactly on a face and
            goes inwards starts at 0, too, even if the face does not belong to the solid and ``contains`` says
            no; so does one that starts at the apex of a `PolarAngle` and runs within it. The ray with the most
            stretches, k of them, sets the width of the (n, k) result: a few rays through many pieces make it
            large for all.

        Raises
        ------
        GeometryError
            If the shapes do not fit, a number is not finite or a direction is zero.
        """
        from_, along = arrays.vectors("origins", origins), arrays.vectors("directions", directions)
        n = max(from_.size, along.size) // 3 if from_.size and along.size else 0
        if from_.ndim == 2 and along.ndim == 2 and len(from_) != len(along):
            raise GeometryError(
                f"origins and directions must be as many, or one of them a single (3,) vector, "
                f"got {len(from_)} origins and {len(along)} directions"
            )
        from_ = np.broadcast_to(from_, (n, 3)) if from_.ndim == 1 else from_
        along = np.broadcast_to(along, (n, 3)) if along.ndim == 1 else along
        start = stop = np.empty((n, 1))
        for begin in range(0, n, CHUNK):
            chunk = slice(begin, min(begin + CHUNK, n))
            part = self._stretches(*rays.checked(from_[chunk], along[chunk], begin))
            if begin == 0:
                start, stop = np.empty((n, part.start.shape[1])), np.empty((n, part.start.shape[1]))
            elif part.start.shape[1] > start.shape[1]:
                start, stop = (arrays.widened(array, part.start.shape[1], begin) for array in (start, stop))
            start[chunk, : part.start.shape[1]], stop[chunk, : part.start.shape[1]] = part.start, part.stop
            start[chunk, part.start.shape[1] :] = stop[chunk, part.start.shape[1] :] = np.inf
        return Stretches._trusted(start, stop)

    @property
    def bounds(self) -> FloatArray:
        """The lowest and highest corner of a box around the solid [m], (2, 3); inf where it has no end."""
        return self._bounds()

    @property
    def volume(self) -> float:
        """The volume [m^3]: exact where the class has a formula.

        Raises
        ------
        GeometryError
            If the solid has no end in some direction.
        """
        return self._volume_once

    @cached_property
    def _volume_once(self) -> float:
        self._need_bounded("volume")
        return float(self._volume())

    def to_mesh(self, segments: int = 128) -> "trimesh.Trimesh":
        """Return a closed mesh of the solid, for drawing and for independent checks.

        Parameters
        ----------
        segments : int
            The number of straight pieces that stand for a full circle; flat faces do not need it.

        Raises
        ------
        GeometryError
            If the solid has no end in some direction, or segments is less than 3.
        """
        self._need_bounded("mesh")
        try:
            pieces = int(segments)
            whole = pieces == segments
        except (TypeError, ValueError, OverflowError) as error:
            raise GeometryError(f"segments must be a whole number of at least 3, got {segments!r}") from error
        if not whole or pieces < 3:
            raise GeometryError(f"segments must be a whole number of at least 3, got {segments!r}")
        return self._to_mesh(pieces)

    def moved(
        self, translation: ArrayLike = (0.0, 0.0, 0.0), rotation: "Rotation | ArrayLike | None" = None
    ) -> "Solid":
        """Return the solid turned about the origin and then shifted.

        Parameters
        ----------
        translation : (3,) array
            The shift [m].
        rotation : scipy.spatial.transform.Rotation or (3, 3) array, optional
            The turn, done before the shift.

        Raises
        ------
        GeometryError
            If the translation is not a finite (3,) vector or the rotation not a proper rotation.
        """
        return Solid._make_moved(self, translation, rotation)

    # ---- combining ---------------------------------------------------------------------------------------

    def __or__(self, other: "Solid") -> "Solid":
        """Return the union."""
        return self._with(other, "|")

    def __and__(self, other: "Solid") -> "Solid":
        """Return the intersection."""
        return self._with(other, "&")

    def __sub__(self, other: "Solid") -> "Solid":
        """Return what lies in this solid and not in the other."""
        return self._with(other, "-")

    def _with(self, other: "Solid", operation: str) -> "Solid":
        if not isinstance(other, Solid):
            return NotImplemented
        simple = self._combined(other, operation)
        if simple is None and operation != "-":
            simple = other._combined(self, operation)
        return Solid._make_combination(self, other, operation) if simple is None else simple

    # ---- being a value -----------------------------------------------------------------------------------

    _maker: tuple[str, dict[str, Any]] | None = None
    """The class method that made the solid and what it was given, unless that was the constructor."""

    def _made_by(self, method: str, **given: Any) -> Self:
        """Note which class method made the solid, to be read in its repr."""
        self._maker = method, given
        return self

    def _arguments(self) -> dict[str, Any] | None:
        """Return what the constructor was given: the attributes with its arguments' names; None if one is missing."""
        names = inspect.signature(type(self)).parameters
        if any(hasattr(Solid, name) or not hasattr(self, name) for name in names):
            return None
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        """Return the call that makes the solid again, or its class alone if it does not keep the arguments."""
        kind = type(self)
        if self._maker is not None:
            method, given = self._maker
            return f"{kind.__name__}.{described.call(getattr(kind, method), given)}"
        arguments = self._arguments()
        return f"<{kind.__name__}>" if arguments is None else described.call(kind, arguments)

    def __eq__(self, other: object) -> bool:
        """Tell whether both were made alike; two ways to describe one region need not be equal."""
        if type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._key()))

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_volume_once"}

    # ---- shared by the subclasses ------------------------------------------------------------------------

    def _need_bounded(self, what: str) -> None:
        if not np.isfinite(self._bounds()).all():
            raise GeometryError(
                f"no finite box is known for {self!r}, so it has no {what}; intersect it with a bounded solid first"
            )

    def _chord_volume(self) -> float:
        """Integrate the chords along x, y and z over the bounding box.

        Of solids that fill a fair part of their box, the relative error is about 1e-4 (at worst 1.3e-4 of those
        that it was compared with). What fills less than a thousandth of the box may be off by anything.
        """
        low, high = self._bounds()
        return chords.volume(low, high, lambda origins, along: self.stretches(origins, along).length)
