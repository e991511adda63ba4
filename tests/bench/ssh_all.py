"""Every figure over SSH, one after the other, and one table: `python -m tests.bench.ssh_all`; about 45 minutes."""

import sys

from tests.bench import classroom, frozen_line, lesson_bytes, slow_line, sudden_ends
from tests.bench.report import Row, show

BENCHES = (lesson_bytes, slow_line, frozen_line, classroom, sudden_ends)


def main() -> int:
    """Run them all; the exit status says whether every figure was reached."""
    rows: list[Row] = []
    for bench in BENCHES:
        print(f"{bench.__name__} ...", file=sys.stderr, flush=True)
        rows += bench.measure()
        show(rows)
    return 0 if all(row.reached for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
