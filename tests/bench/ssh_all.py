"""Every figure over SSH, one after the other, and one table: `python -m tests.bench.ssh_all`; about 45 minutes."""

import sys

from tests.bench import classroom, frozen_line, lesson_bytes, slow_line, sudden_ends
from tests.bench.report import measure_all

if __name__ == "__main__":
    sys.exit(measure_all((lesson_bytes, slow_line, frozen_line, classroom, sudden_ends)))
