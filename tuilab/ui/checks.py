"""The checker of exercises, as the screen has it: started when one is on a page, ended when the lesson is left."""

import asyncio

from tuilab.course.exercises import Exercise
from tuilab.exercises.client import Checker
from tuilab.exercises.jobs import job_for
from tuilab.exercises.verdict import Verdict
from tuilab.records.folders import exercises_folder
from tuilab.records.worksheets import worksheet


class Checks:
    """Has files checked without keeping the keys waiting."""

    def __init__(self) -> None:
        self._checker = Checker()

    def start(self) -> None:
        """Let torch be loaded. Raises RefusedError in restricted mode, OSError where no process can be started."""
        self._checker.start()

    async def check(self, exercise: Exercise) -> Verdict:
        """The verdict on the learner's file of an exercise. Raises RefusedError in restricted mode."""
        file = worksheet(exercises_folder(), exercise.lesson, exercise.name)
        return await asyncio.to_thread(self._checker.check, job_for(exercise, file))

    def close(self) -> None:
        """End the process, and with it a check that goes on."""
        self._checker.close()
