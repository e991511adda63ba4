"""The command line: opens the screen, or asks and runs the same experiments without one."""
