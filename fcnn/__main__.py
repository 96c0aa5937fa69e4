"""The command line: python -m fcnn train, evaluate or predict. See fcnn/command_line/."""

import signal
import sys
from io import TextIOWrapper

from fcnn.command_line.main import main

if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "... | head" ends the program, as it ends others
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name of a file may have letters that a terminal has not
    sys.exit(main(sys.argv[1:]))
