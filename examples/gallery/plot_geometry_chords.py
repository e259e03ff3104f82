"""
Stretches through a solid of many parts
=======================================

A decay volume is seldom a box: here a hall with a ball at its end, pillars that are left out, and a tunnel through
all of it. Along each ray the stretches inside are calculated, not sampled. What would it take to find their lengths
by throwing points?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.geometry import ConvexPolyhedron, Revolved, Sphere

hall = ConvexPolyhedron.box(x=(-3, 3), y=(-3, 3), z=(10, 20)) | Sphere(3).moved((0, 0, 20))
solid = hall - Revolved.tube(z=(0, 30), r=(0, 0.8))
for z, x in ((12, -2.2), (14, 1.5), (17, -1.9), (17, 2.0)):
    solid = solid - ConvexPolyhedron.box(x=(x, x + 0.5), y=(-3, 3), z=(z, z + 0.8))
print(f"{solid.volume:.3f} m^3 in all")

# %%
# Rays from the origin, in the plane y = 0. A ray may enter and leave several times.

angles = np.linspace(-0.2, 0.2, 24)
directions = np.stack([np.sin(angles), np.zeros_like(angles), np.cos(angles)], axis=1)
found = solid.stretches((0, 0, 0), directions)
print("stretches along each ray:", found.count)

# %%
# Points on 2,000 random rays, of which the share that is inside estimates the length. A thousand points are good
# for 30 cm; what is calculated is exact but for rounding.

random = np.random.default_rng(1)
cosine = random.uniform(np.cos(0.3), 1, 2000)
azimuth = random.uniform(0, 2 * np.pi, cosine.size)
sine = np.sqrt(1 - cosine**2)
rays = np.stack([sine * np.cos(azimuth), sine * np.sin(azimuth), cosine], axis=1)
exact = solid.stretches((0, 0, 0), rays).length
counts, differences = 2 ** np.arange(0, 11), []
for count in counts:
    distance = random.uniform(0, 26, (count, len(rays), 1))
    sampled = 26 * solid.contains((distance * rays).reshape(-1, 3)).reshape(count, -1).mean(axis=0)
    differences.append(np.sqrt(np.mean((sampled - exact) ** 2)))

figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), width_ratios=(2, 1.2), layout="constrained")
z, x = np.meshgrid(np.linspace(8, 24, 500), np.linspace(-4, 4, 300))
inside = solid.contains(np.stack([x, np.zeros_like(x), z], axis=-1).reshape(-1, 3)).reshape(x.shape)
left.contourf(z, x, inside, levels=[0.5, 1.5], colors=["#DDDDDD"])
for direction, starts, stops in zip(directions, found.start, found.stop, strict=True):
    left.plot(26 * direction[2] * np.array([0, 1]), 26 * direction[0] * np.array([0, 1]), color="0.75", linewidth=0.6)
    for start, stop in zip(starts[np.isfinite(starts)], stops[np.isfinite(starts)], strict=True):
        left.plot(direction[2] * np.array([start, stop]), direction[0] * np.array([start, stop]), color="#0072B2")
left.set(xlim=(8, 24), ylim=(-4, 4), aspect="equal", xlabel="z  [m]", ylabel="x  [m]", title="stretches inside, y = 0")
right.loglog(counts, differences, "o", color="#D55E00", label="points along each ray")
right.loglog(counts, differences[0] / np.sqrt(counts), "k:", label=r"$\propto 1/\sqrt{\mathrm{points}}$")
right.set(
    xlabel="points for each ray", ylabel="typical error of a length  [m]", title="Monte Carlo, against exact lengths"
)
right.legend()
