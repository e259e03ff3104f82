"""How fast and how exact the solids are, beside what does the same elsewhere, in one run and on one core.

    python benchmarks/geometry.py            everything: about a minute
    python benchmarks/geometry.py --quick    a tenth of the rays

The peers are trimesh with Embree (`pip install 'farflung[benchmarks]'`) for the crossings of a mesh, and a slab test in
numpy for boxes. Every time is the best of several runs, in microseconds a ray.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
import trimesh
from shapely import Polygon

from farflung.geometry import (
    ConvexPolyhedron,
    HalfSpace,
    Mesh,
    PolarAngle,
    Prism,
    Revolved,
    Solid,
    Sphere,
)
from farflung.geometry.testing import check_rays

# Eight edges: a barrel with a conical nose and tail, and a bore that widens.
OUTLINE = [(-2, 0.2), (0, 0.1), (1, 0.25), (3, 0.3), (3, 0.9), (1.5, 1.2), (-1.5, 1.2), (-2, 0.8)]
REVOLVED = Revolved(OUTLINE)
BOX = ConvexPolyhedron.box(x=(-1, 1), y=(-2, 2), z=(1, 4))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the rays")
    parser.add_argument("--scaling", type=int, metavar="N", help="time N rays and tell the memory, as JSON")
    arguments = parser.parse_args()
    if arguments.scaling:
        print(json.dumps(scaling(arguments.scaling)))
        return
    n = 100_000 if arguments.quick else 1_000_000
    swept_polygon(n)
    box(n)
    others(n)
    print("\nScaling of the swept polygon with the number of rays, each in a process of its own")
    for rays in (10**3, 10**4, 10**5, 10**6, *([] if arguments.quick else [10**7])):
        answer = subprocess.run(
            [sys.executable, __file__, "--scaling", str(rays)], check=True, capture_output=True, text=True
        )
        found = json.loads(answer.stdout)
        target = "   (target: below 2 GB)" if rays == 10**7 else ""
        print(f"  {rays:>10,} rays {found['time']:8.3f} us a ray, peak {found['peak']:.2f} GB{target}")
    print(f"  ({found['idle']:.2f} GB of it before the first ray; 10^7 rays themselves take 0.48 GB)")
    cauchy(n)
    meshes()
    agreement(n // 10)


def best(call: Callable[[], Any], repeats: int = 5) -> tuple[float, Any]:
    """Return the shortest time of several, in seconds, and the last answer."""
    answer = call()  # compiles
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        answer = call()
        times.append(time.perf_counter() - begin)
    return min(times), answer


def rays(n: int, spread: float = 0.1, seed: int = 1) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)) * spread, rng.normal(size=(n, 3))


def line(what: str, seconds: float, n: int, remark: str = "") -> None:
    print(f"  {what:<62}{seconds / n * 1e6:8.3f} us a ray  {remark}")


def swept_polygon(n: int) -> None:
    print(f"A swept polygon of eight edges, {n:,} rays from near the origin")
    print("(targets: at most 0.5 us a ray, at least 10 times faster than the peer)")
    origins, directions = rays(n)
    some = n // 10  # the peer needs its time and its memory
    few_origins, few_directions = origins[:some], directions[:some]
    vertex = Revolved(shapely.box(-1, 0, 2, 1) & wedge())
    meshes = {segments: REVOLVED.to_mesh(segments) for segments in (128, 1024)}
    closed = {segments: Mesh(mesh) for segments, mesh in meshes.items()}
    calls: dict[str, Callable[[], Any]] = {
        "farflung Revolved": lambda: REVOLVED.stretches(origins, directions),
        "farflung Revolved, wedge of 17 to 150 degrees from its vertex": lambda: vertex.stretches(
            (0, 0, 0), directions
        ),
    }
    for segments, mesh in meshes.items():
        kind = f"{len(mesh.faces):,} triangles"
        calls |= {
            f"trimesh with {engine(mesh)}, {kind}, multiple hits": lambda m=mesh: m.ray.intersects_location(
                few_origins, few_directions, multiple_hits=True
            ),
            f"the same, sorted and paired into stretches, {kind}": lambda m=mesh: peer_stretches(
                m, few_origins, few_directions
            ),
            f"farflung Mesh, {kind}": lambda m=closed[segments]: m.stretches(few_origins, few_directions),
        }
    # in turns, so that whatever else the machine does meets all alike
    times: dict[str, list[float]] = {name: [] for name in calls}
    answers = {name: call() for name, call in calls.items()}
    for _ in range(5):
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - begin)
    ours = min(times["farflung Revolved"]) / n
    for name, taken in times.items():
        if "Revolved" in name:
            line(name, min(taken), n)
        else:
            line(name, min(taken), some, f"{min(taken) / some / ours:.1f} x Revolved")
    length, paired = (next(answers[name] for name in answers if what in name) for what in ("farflung Mesh", "paired"))
    differ = np.abs(length.length - paired) > 1e-3
    print(f"  rays for which Mesh and the paired hits differ by more than 1 mm: {differ.sum()} of {some:,}")

    few = 5000
    exact = reference_length(OUTLINE, origins[:few], directions[:few])
    off = np.abs(answers["farflung Revolved"].length[:few] - exact)
    off_mesh = np.abs(length.length[:few] - exact)
    print(f"  length inside against the same in extended precision, {few:,} rays:")
    print(f"    Revolved: off by at most {off.max():.1e} m")
    print(f"    mesh of 128 segments: off by {off_mesh.max():.1e} m, {off_mesh.mean():.1e} m on average")


def peer_stretches(mesh: trimesh.Trimesh, origins: Any, directions: Any) -> Any:
    """Return the length inside of each ray, from the hits on a mesh: what a user of the peer would write.

    Hits are sorted along each ray and paired from the far end, where a ray is outside for certain.
    """
    hits, ray, _ = mesh.ray.intersects_location(origins, directions, multiple_hits=True)
    distance = np.linalg.norm(hits - origins[ray], axis=1)
    order = np.lexsort((-distance, ray))
    ray, distance = ray[order], distance[order]
    first = np.flatnonzero(np.r_[True, ray[1:] != ray[:-1]])
    rank = np.arange(len(ray)) - np.repeat(first, np.diff(np.r_[first, len(ray)]))
    return np.bincount(ray, weights=np.where(rank % 2 == 0, distance, -distance), minlength=len(origins))


def wedge() -> Any:
    return Polygon([(0, 0), *((9 * math.cos(a), 9 * math.sin(a)) for a in np.radians([17, 50, 90, 130, 150]))])


def engine(mesh: trimesh.Trimesh) -> str:
    return "Embree" if "embree" in type(mesh.ray).__module__ else "no Embree (pip install embreex)"


def reference_length(outline: list[tuple[float, float]], origins: Any, directions: Any) -> Any:
    """Return the length inside of each ray, by plain quadratics in extended precision."""
    o, d = origins.astype(np.longdouble), directions.astype(np.longdouble)
    d = d / np.sqrt((d * d).sum(axis=1, keepdims=True))
    ends = [np.zeros(len(o), dtype=np.longdouble)]
    edges = [tuple(np.longdouble(v) for v in (*p, *q)) for p, q in pairwise([*outline, outline[0]])]
    with np.errstate(all="ignore"):
        for z1, r1, z2, r2 in edges:
            if z1 == z2:
                ends.append((z1 - o[:, 2]) / d[:, 2])
                continue
            slope = (r2 - r1) / (z2 - z1)
            r0 = r1 + slope * (o[:, 2] - z1)
            a = d[:, 0] ** 2 + d[:, 1] ** 2 - slope**2 * d[:, 2] ** 2
            b = o[:, 0] * d[:, 0] + o[:, 1] * d[:, 1] - slope * d[:, 2] * r0
            c = o[:, 0] ** 2 + o[:, 1] ** 2 - r0**2
            root = np.sqrt(b * b - a * c)
            ends += [(-b - root) / a, (-b + root) / a]
        t = np.sort(np.where(np.isfinite(ends) & (np.array(ends) > 0), ends, 0), axis=0)
    length = np.zeros(len(o), dtype=np.longdouble)
    for begin, end in pairwise(t):
        middle = (begin + end)[:, None] / 2 * d + o
        z, r = middle[:, 2], np.sqrt(middle[:, 0] ** 2 + middle[:, 1] ** 2)
        odd = np.zeros(len(o), dtype=bool)
        for z1, r1, z2, r2 in edges:
            if z1 != z2:
                between = (min(z1, z2) <= z) & (z < max(z1, z2))
                odd ^= between & (r1 + (r2 - r1) / (z2 - z1) * (z - z1) > r)
        length += np.where(odd, end - begin, 0)
    return length


def box(n: int) -> None:
    print(f"\nA box, {n:,} rays from near the origin in all directions (target: 0.15 us a ray)")
    low, high = np.array([-1, -2, 1.0]), np.array([1, 2, 4.0])
    origins, directions = rays(n)
    ours, found = best(lambda: BOX.stretches(origins, directions))
    line("farflung ConvexPolyhedron, checks and unit vectors included", ours, n)

    def whole_arrays() -> Any:
        units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
        one, two = (low - origins) / units, (high - origins) / units
        enter, leave = np.minimum(one, two).max(axis=1), np.maximum(one, two).min(axis=1)
        return np.maximum(leave - np.maximum(enter, 0), 0)

    theirs, slabs = best(whole_arrays)
    line("numpy slab test on (n, 3) arrays, unit vectors included", theirs, n)
    assert np.allclose(found.length, slabs, atol=1e-12)
    columns = [np.ascontiguousarray(column) for column in (*origins.T, *directions.T)]
    fastest, slabs = best(lambda: column_slabs(columns, low, high))
    line("the same column by column, rays already laid out for it", fastest, n)
    assert np.allclose(found.length, slabs, atol=1e-12)


def column_slabs(columns: list[Any], low: Any, high: Any) -> Any:
    """Return the length inside a box, in chunks that fit into a cache: the fastest that numpy can."""
    length = np.empty(len(columns[0]))
    for begin in range(0, len(length), 4096):
        x, y, z, dx, dy, dz = (column[begin : begin + 4096] for column in columns)
        norm = np.sqrt(dx * dx + dy * dy + dz * dz)
        enter, leave = np.zeros(len(x)), np.full(len(x), np.inf)
        for axis, (o, d) in enumerate(((x, dx), (y, dy), (z, dz))):
            inverse = norm / d
            one, two = (low[axis] - o) * inverse, (high[axis] - o) * inverse
            np.maximum(enter, np.minimum(one, two), out=enter)
            np.minimum(leave, np.maximum(one, two), out=leave)
        length[begin : begin + 4096] = np.maximum(leave - enter, 0)
    return length


def others(n: int) -> None:
    print(f"\nThe other solids, {n:,} rays from near the origin")
    star = [(0, 0), (2, -1), (1, 0.5), (2, 2), (0, 1), (-1, 2)]
    origins, directions = rays(n)
    solids: dict[str, Solid] = {
        "Prism, convex, tapered": Prism([(-1, -1), (1, -1), (1, 1), (-1, 1)], z=(1, 4), taper=(4, 2)),
        "Prism, star of six edges": Prism(star, z=(-1, 3)),
        "Prism, star of six edges with curved walls": Prism(star, z=(-1, 3), taper=(2, 0.5)),
        "Sphere": Sphere(1.5),
        "PolarAngle": PolarAngle.from_degrees(17, 150),
        "HalfSpace": HalfSpace((0, 0, 1), (1, 2, 3)),
        "Revolved, turned and shifted": REVOLVED.moved((1, 2, 3), [[0, 0, 1], [1, 0, 0], [0, 1, 0]]),
        "Revolved - box": REVOLVED - BOX,
        "(Revolved | box) & half-space": (REVOLVED | BOX) & HalfSpace((0, 0, 1), (1, 2, 3)),
    }
    for name, solid in solids.items():
        seconds, found = best(lambda s=solid: s.stretches(origins, directions), repeats=3)
        line(name, seconds, n, f"{found.count.sum():,} stretches")


def scaling(n: int) -> dict[str, float]:
    """Time n rays; tell the highest memory in GB, and what there was before them."""
    REVOLVED.stretches((0, 0, 0), (1, 0, 0))
    unit = 1 if sys.platform == "darwin" else 1024
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    origins, directions = rays(n)
    found = REVOLVED.stretches(origins, directions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(max(3, min(20, 10**6 // n))):
        del found
        begin = time.perf_counter()
        found = REVOLVED.stretches(origins, directions)  # noqa: F841
        times.append(time.perf_counter() - begin)
    return {"time": min(times) / n * 1e6, "peak": peak * unit / 1e9, "idle": idle * unit / 1e9}


def cauchy(n: int) -> None:
    print(f"\nMean chord over {n:,} uniform, isotropic lines, against 4 V / S of convex bodies")
    bodies: dict[str, tuple[Solid, float]] = {
        "box": (BOX, 2 * (2 * 4 + 2 * 3 + 4 * 3)),
        "cylinder": (Revolved.tube(z=(-1, 1), r=(0, 1)), 6 * math.pi),
        "cone": (Revolved([(0, 0), (1, 0), (1, 1)]), math.pi * (1 + math.sqrt(2))),
        "ball": (Sphere(1.25), 4 * math.pi * 1.25**2),
        "half of a ball": (Sphere(1) & HalfSpace((0, 0, 0), (1, 1, 1)), 3 * math.pi),
        "mesh of a ball": (Mesh(Sphere(1).to_mesh(16)), Sphere(1).to_mesh(16).area),
    }
    rng = np.random.default_rng(1)
    along = rng.normal(size=(n, 3))
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(along, np.where(np.abs(along[:, :1]) < 0.9, [[1, 0, 0]], [[0, 1, 0]]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    radius, phi = np.sqrt(rng.random((n, 1))), 2 * math.pi * rng.random((n, 1))
    disc = radius * (np.cos(phi) * across + np.sin(phi) * np.cross(along, across))
    for name, (solid, surface) in bodies.items():
        low, high = solid.bounds
        reach = np.linalg.norm(high - low) / 2
        found = solid.stretches((low + high) / 2 + reach * (disc - 2 * along), along).length
        chords = found[found > 0]
        error = chords.std() / math.sqrt(len(chords))
        expected = 4 * solid.volume / surface
        print(f"  {name:<20}{chords.mean():9.5f} +- {error:.5f} m, expected {expected:9.5f}", end="")
        print(f"  ({(chords.mean() - expected) / error:+.1f} standard errors)")


def meshes() -> None:
    print("\nVolume of the mesh, relative to the exact one, with 16, 64 and 256 segments a circle")
    for name, solid in (
        ("swept polygon", REVOLVED),
        ("ball", Sphere(1)),
        ("curved prism", Prism([(0, 0), (2, -1), (1, 2)], z=(0, 1), taper=(2, 0.5))),
    ):
        off = [solid.to_mesh(segments).volume / solid.volume - 1 for segments in (16, 64, 256)]
        print(f"  {name:<20}" + "".join(f"{value:+12.1e}" for value in off))


def agreement(n: int) -> None:
    print(f"\nstretches() against contains() in every stretch and gap and at random, {n:,} rays each")
    star = [(0, 0), (2, -1), (1, 0.5), (2, 2), (0, 1), (-1, 2)]
    for solid in (
        REVOLVED,
        BOX,
        Prism(star, z=(-1, 3), taper=(2, 0.5)),
        Mesh(REVOLVED.to_mesh(16)),
        (REVOLVED | BOX) - PolarAngle.from_degrees(17, 40).moved((0.5, 0, 0)),
    ):
        found = check_rays(solid, *rays(n, spread=1.0))
        print(f"  {type(solid).__name__:<20} agrees on all {found.count.sum():,} stretches")


if __name__ == "__main__":
    main()
