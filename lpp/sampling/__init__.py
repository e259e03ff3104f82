"""Drawing flights: directions that matter, points of the unit cube, kinematics."""
