"""The figures of the screen and of its training, one by one, and one table: `python -m tests.bench.all`; 15 minutes.

The other figures have commands of their own, in the README; those over SSH are `tests.bench.ssh_all`.
"""

import sys

from tests.bench import (
    bytes_sent,
    first_screen,
    gradients,
    key_to_screen,
    long_run,
    many_runs,
    memory,
    switch,
    training_rate,
    ui_processor,
)  # fmt: skip
from tests.bench.report import measure_all

if __name__ == "__main__":
    screen = (first_screen, key_to_screen, training_rate, ui_processor, memory, bytes_sent, many_runs, long_run)
    sys.exit(measure_all((*screen, gradients, switch)))
