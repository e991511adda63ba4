"""What the terminal can show: found out from the environment before anything is drawn."""
