"""Every figure, one after the other, and one table: `python -m tests.bench.all`; about eight minutes."""

import sys

from tests.bench import bytes_sent, first_screen, key_to_screen, memory, training_rate, ui_processor
from tests.bench.report import Row, show

BENCHES = (first_screen, key_to_screen, training_rate, ui_processor, memory, bytes_sent)


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
