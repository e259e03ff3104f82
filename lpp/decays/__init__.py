"""What long-lived particles decay to: final states, and how their products fly."""
