"""What the solids are computed with, much of it compiled: arrays go in and come out, and no solid is known here."""
