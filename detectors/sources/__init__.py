"""Where long-lived particles come from, one kind of source a file."""
