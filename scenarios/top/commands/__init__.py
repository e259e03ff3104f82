"""What the command `farflung` can do, one command a file: `add` declares its options, `run` does it."""
