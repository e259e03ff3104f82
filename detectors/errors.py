"""What can be wrong with a question to a detector."""


class DetectorError(ValueError):
    """A question that a detector cannot answer; its message is one sentence for the user."""


class UnknownNameError(DetectorError):
    """A detector, search or solid that does not exist, or a name that is taken."""
