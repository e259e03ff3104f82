"""How long-lived particles come about: processes, their rates, form factors."""
