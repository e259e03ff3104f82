"""From a detector and a model to excluded couplings, step by step."""
