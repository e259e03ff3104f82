"""The command `farflung`: imports nothing by itself, so that Ctrl-C is understood from the first moment."""

import os
import sys


def main() -> int:
    """Run the command line; returns the exit code: 0 if all went well, 2 for bad input, 130 if interrupted."""
    # pictures go to files: the backend of a notebook has no say, and need not be installed here
    os.environ["MPLBACKEND"] = "agg"
    try:
        from farflung.command_line import main as run  # takes a second or two

        return run()
    except KeyboardInterrupt:
        print("farflung: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
