"""Light mesons for which there are tables: their PDG names, files, and what of a file's metadata is their number."""

PROMPT = {
    "pi0": ("pi0", "per_collision"),
    "eta": ("eta", "per_collision"),
    "eta'(958)": ("etaprime", "per_collision"),
    "rho(770)0": ("rho", "per_collision"),
    "omega(782)": ("omega", "per_collision"),
    "phi(1020)": ("phi", "per_collision"),
}
"""Those that decay where they are made."""

KAONS = {
    "K+": ("charged_kaons", "per_collision"),
    "K(L)0": ("neutral_kaons", "per_collision_130"),
    "K(S)0": ("neutral_kaons", "per_collision_310"),
}
"""Those that fly; K+ and K- are one."""
