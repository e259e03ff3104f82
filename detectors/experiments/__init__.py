"""Experiments, one a file: data with citations."""
