"""What a decoder in C prints goes nowhere; what the program says in the meantime arrives."""

import subprocess
import sys


def test_what_is_printed_is_turned_away_and_what_is_said_arrives() -> None:
    program = (
        "import os, sys\nfrom truyenthanh.mixing.quiet_decoders import quiet_decoders\n"
        "with quiet_decoders() as stream:\n    os.write(2, b'noise'); print('said', file=stream)\n"
        "os.write(2, b'after')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert run.stderr == "said\nafter"
