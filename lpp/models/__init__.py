"""Models, one a file, and the widths that they share."""
