"""The figures of the screen and of its training, one by one, and one table: `python -m tests.bench.all`; 13 minutes.

The other figures have commands of their own, in the README; those over SSH are `tests.bench.ssh_all`.
"""

import sys

from tests.bench import bytes_sent, first_screen, gradients, key_to_screen, memory, switch, training_rate, ui_processor
from tests.bench.report import measure_all

if __name__ == "__main__":
    sys.exit(
        measure_all((first_screen, key_to_screen, training_rate, ui_processor, memory, bytes_sent, gradients, switch))
    )
