"""Pages: pictures that one turns, switches and points at, each a single file that needs no network."""
