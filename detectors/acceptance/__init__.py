"""The engine: from flights and solids to a probability for every lifetime."""
