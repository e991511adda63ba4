"""The runs that were kept: their list, their curves, and what is done with one."""
