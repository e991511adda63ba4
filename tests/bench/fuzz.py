"""Random input in large numbers: `python -m tests.bench.fuzz [EVENTS [FIRST_SEED]]`; 100,000 events if not said.

Keys, pastes, mouse reports, sizes and broken sequences, in storms of some thousand for a fresh program each. It ends
at the first fault with the seed that leads to it.
"""

import sys
import time

from tests.support.storm import OPENINGS, weather

EVENTS, A_STORM = 100_000, 5_000


def main(arguments: list[str]) -> int:
    """Send them all; the exit status says whether the program stood them."""
    wanted = int(arguments[0]) if arguments else EVENTS
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    sent, starts, begun = 0, 0, time.monotonic()
    while sent < wanted:
        opening = OPENINGS[seed % len(OPENINGS)]
        try:
            taken = weather(seed, min(A_STORM, wanted - sent), opening)
        except AssertionError as error:
            print(f"seed {seed}, tuilab {' '.join(opening)}:\n{error}", flush=True)
            return 1
        sent, starts, seed = sent + taken, starts + 1, seed + 1
        print(f"{sent:,} events, {starts} starts, {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
