"""tuilab: a laboratory for recurrent networks that lives in a terminal."""

__version__ = "0.1.0"
