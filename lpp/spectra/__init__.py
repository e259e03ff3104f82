"""How beams and their secondaries move: spectra, the tables behind them, beams in matter."""
