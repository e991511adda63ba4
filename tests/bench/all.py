"""Every figure on this machine, one by one, and one table: `python -m tests.bench.all`; about 13 minutes."""

import sys

from tests.bench import bytes_sent, first_screen, gradients, key_to_screen, memory, switch, training_rate, ui_processor
from tests.bench.report import measure_all

if __name__ == "__main__":
    sys.exit(
        measure_all((first_screen, key_to_screen, training_rate, ui_processor, memory, bytes_sent, gradients, switch))
    )
