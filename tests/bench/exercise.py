"""From a saved exercise to its verdict, with a checker that is warm: at most two seconds, for those that train too.

Lesson 9's last trains on a whole text where it is right, beside gensim: it has the budget that its task states.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tuilab.course.exercises import read_exercises
from tuilab.course.reader import lessons_folder
from tuilab.exercises.client import Checker
from tuilab.exercises.jobs import job_for

LIMIT, TIMES = 2.0, 5


def main() -> int:
    """Check each solution and each starter, and the slip that takes longest; say what takes more than the limit."""
    checker, slow = Checker(), 0
    exercises, _ = read_exercises(lessons_folder())
    for name in ("checker started and first verdict", "all loaded and second verdict"):
        began = time.perf_counter()
        checker.check(job_for(exercises[0], exercises[0].solution))
        print(f"{name}: {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for exercise in exercises:
            took = []
            file = Path(folder) / f"{exercise.name}.py"
            for source in (exercise.starter, exercise.solution, *exercise.slips()):
                for _ in range(TIMES if source == exercise.solution else 1):
                    file.write_bytes(source.read_bytes())
                    saved = time.perf_counter()
                    checker.check(job_for(exercise, file))
                    took.append(time.perf_counter() - saved)
            print(f"{exercise.id:<18} median {statistics.median(took):.2f} s, longest {max(took):.2f} s")
            slow += max(took) > (exercise.seconds if exercise.pieces else LIMIT)
    checker.close()
    print(f"{slow} exercises take more than {LIMIT:g} s; all in {time.perf_counter() - began:.0f} s")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
