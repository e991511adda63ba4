"""The folder of the whole machine, as whoever looks after it writes to it."""

import os
from pathlib import Path

from tuilab.cli.errors import CommandError
from tuilab.records.folders import shared_folders


def shared_folder(kind: str) -> Path:
    """Where corpora, or vectors, are put for all learners; from here on new files are for everybody to read.

    Raises CommandError where no such folder is named.
    """
    folders = shared_folders()
    if not folders:
        raise CommandError("XDG_DATA_DIRS names no folder by its full path; TUILAB_DATA can name one.")
    os.umask(0o022)
    return folders[0] / kind
