"""What experiments do with decays, and results that are taken from papers."""
