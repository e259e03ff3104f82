"""Options of models and detectors, read from the signatures of what makes them, and said as text."""
