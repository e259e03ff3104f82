"""What can be wrong with a sweep or with its output."""


class ScenarioError(ValueError):
    """A sweep that cannot be run, or a result that cannot be written; its message is one sentence for the user."""
