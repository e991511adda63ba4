"""What a lab's program calls when it is taken home; `tuilab.exports` puts the definitions in front of it.

`told(step, loss)` is told the loss of each training step. `NUDGE` is 1, or the least number above it: the program is
then trained with a learning rate that is one rounding larger, to see what training makes of a rounding.
"""

TIMES = " * NUDGE"  # behind a learning rate
TOLD = "    told(step + 1, loss.item())\n"  # at the end of a training step
