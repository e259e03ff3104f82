"""What can be wrong with a question about a long-lived particle."""


class PhysicsError(ValueError):
    """A question that the physics floor cannot answer; its message is one sentence for the user."""


class MassRangeError(PhysicsError):
    """A mass that a model or a process cannot treat."""


class CouplingError(PhysicsError):
    """A coupling or a lifetime that is negative, not finite, or otherwise without a meaning."""


class ProcessError(PhysicsError):
    """A production process or a final state that a model does not have."""


class SamplingError(PhysicsError):
    """Flights that cannot be drawn as asked."""


class SpectrumError(PhysicsError):
    """A spectrum, a flux or a target that cannot be what was meant."""


class OptionError(PhysicsError):
    """An option that a model or a detector does not have, or a text that does not say what it wants."""


class UnknownModelError(PhysicsError):
    """A model's name that is unknown, taken or none, a model that lacks something, or an argument that it lacks."""
