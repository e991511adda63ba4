"""A line to type into."""

from typing import Any

from textual import events
from textual.reactive import reactive
from textual.widgets import Input

LONGEST = 4096  # characters: room for every setting, and none for a pasted book


class Line(Input):
    """An Input that takes its editing keys itself, in the order in which they come.

    As bindings they would overtake, or be overtaken by, letters that arrive with them in one burst, as keys typed
    ahead over a slow line do.
    """

    cursor_blink = reactive(False, init=False)  # it would be the one thing that is sent while nothing changes

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, max_length=LONGEST, **settings)

    def takes(self, key: str) -> bool:
        """Whether a key that the screen has with priority is text here."""
        return False

    async def _on_key(self, event: events.Key) -> None:
        actions = {
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "home": self.action_home,
            "end": self.action_end,
            "ctrl+a": self.action_home,
            "ctrl+e": self.action_end,
            "ctrl+left": self.action_cursor_left_word,
            "ctrl+right": self.action_cursor_right_word,
            "ctrl+w": self.action_delete_left_word,
            "ctrl+u": self.action_delete_left_all,
            "ctrl+k": self.action_delete_right_all,
            "ctrl+d": self.action_delete_right,
        }
        if event.key in actions:
            actions[event.key]()
        elif event.key == "enter":
            await self.action_submit()
        else:
            return
        event.stop()
        event.prevent_default()
