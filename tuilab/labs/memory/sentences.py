"""What the memory lab says in words; for the screen and for plain mode."""

from tuilab.labs.memory.spec import SYMBOLS, Lane, MemoryView, Net
from tuilab.widgets.numbers import three


def share(net: Net) -> str:
    """The share recalled; a star where it has been learned, a dash where the network is out."""
    return "out" if net.problem else f"{100 * net.accuracy:.0f} %" + ("*" if net.learned else " ")


def verdict(view: MemoryView, place: int) -> str:
    """Who recalls at one T, and who does not."""
    nets = [(lane.name, lane.nets[place]) for lane in view.lanes]
    learned = [f"{name} after {net.learned:,} steps" for name, net in nets if net.learned]
    failed = [
        f"{name} is out, {net.problem}" if net.problem else f"{name} recalls {100 * net.accuracy:.0f} %"
        for name, net in nets
        if not net.learned
    ]
    return f"T={nets[0][1].ago}: " + "; ".join(
        [*([f"learned by {', '.join(learned)}"] if learned else []), *failed, f"guessing gives {100 / SYMBOLS:.1f} %"]
    )


def reaching(view: MemoryView, place: int) -> str:
    """What is left of the gradient at the symbol, for each cell."""
    parts = [f"{lane.name} {three(lane.nets[place].first)}" for lane in view.lanes]
    return f"gradient at the symbol, the last step's is 1: {', '.join(parts)}"


def rows(lanes: list[Lane]) -> list[tuple[str, ...]]:
    """A table of who recalls how much, its headings first."""
    heading = ("", "units", "numbers", *(f"T={net.ago}" for net in lanes[0].nets))
    return [
        heading,
        *((lane.name, str(lane.hidden), f"{lane.parameters:,}", *(share(net) for net in lane.nets)) for lane in lanes),
    ]
