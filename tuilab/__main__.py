"""`python -m tuilab` is `tuilab`."""

import sys

from tuilab.cli.main import main

sys.exit(main())
