"""The lab beside a page: as the page asks for it, or as the learner has left it there."""

from textual.binding import Binding
from textual.widgets import Input, Static

from tuilab.course.asleft import as_left
from tuilab.course.lesson import LabBlock, Lesson, Page, PredictBlock
from tuilab.course.quiz import state_after
from tuilab.labs import spelling
from tuilab.labs.leftthere import left_there
from tuilab.labs.panel import LabPanel
from tuilab.labs.spec import Spec
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.records.folders import runs_folder
from tuilab.records.shelf import Left
from tuilab.ui.host import host
from tuilab.ui.place import Place
from tuilab.widgets.alarm import Alarm

REST = 1.0  # seconds without a change until it is kept


LAB_AS_LEFT = "The lab stands as you left it; u gives the page's own again."
RUN_AS_LEFT = "Your training is in the lab as you left it: space goes on with it there, r begins anew."
RUN_ENDED = "What was trained here is here again; r begins anew."


class AsLeft(Static):
    """Says on a page that its lab is not as the page has it; it stays in sight where the page is scrolled."""

    DEFAULT_CSS = """
    AsLeft { display: none; dock: top; height: auto; padding: 0 0 1 0; color: $secondary; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def tell(self, lab: bool, run: Left | None) -> None:
        """Say what is as it was left: the settings of the lab, a training in it."""
        self.display = lab or run is not None
        of_run = "" if run is None else RUN_ENDED if run.finished else RUN_AS_LEFT
        self.update(" ".join(filter(None, (LAB_AS_LEFT * lab, of_run))))


class PageLab(Place):
    """A screen of pages, each of which may have a lab; what one has trained comes back with it."""

    BINDINGS = [Binding("u", "own_lab", "Page's own", priority=True, tooltip="The lab as the page has it")]

    def __init__(self, lesson: Lesson, pages: tuple[Page, ...], page: int) -> None:
        super().__init__()
        self.lesson, self.pages, self.page = lesson, pages, page
        self.opened: LabBlock | None = None
        self.lab_at: tuple[int, LabBlock, LabPanel] | None = None  # the page that a lab stands beside
        self.as_left: Spec | None = None  # where it stands as the learner left it
        self.run_as_left: Left | None = None  # the training in it that is of another time
        self.trained: dict[str, tuple[str, bool]] = {}  # by a spelling: a run, and whether it waits
        self._noted: Spec | None = None  # how the record has it, or where a prediction has put it
        self._alarm = Alarm(self, self._note_lab)

    def leave(self) -> None:
        """Keep how the lab was left."""
        self._alarm.cancel()
        self._note_lab()

    def on_unmount(self) -> None:
        """The program may be left from here."""
        self.leave()

    @property
    def lab_block(self) -> LabBlock | None:
        """The lab of this page."""
        return next((s for s in self.pages[self.page].segments if isinstance(s, LabBlock)), None)

    @property
    def has_lab(self) -> bool:
        """Whether this page has one."""
        return self.lab_block is not None

    async def show_lab(self) -> None:
        """Put the lab into the state that the page asks for, or that the learner has left it in there.

        Leave it alone where it is what the page before asked for; but one whose settings the learner has changed there
        belongs to that page: what this one says of it would not be true.
        """
        block = self.lab_block
        self.set_class(block is not None, "with-lab")
        self._note_lab()
        self._remember()
        self.as_left, self.lab_at, self.run_as_left = None, None, None
        if block is not None:
            self.as_left = as_left(self.lesson.name, self.page + 1, block, host(self).progress)
            await self._open_lab(block)
            self._say_as_left()
        self.name_lab()

    async def _open_lab(self, block: LabBlock) -> None:
        """Open it in the panel that is there, if that can show it, else in a new one."""
        panel, side = self.panel, self.query_one("#lab")
        spec = self.as_left or spelling.parse(block.spelling)
        same = self.opened and (block.spelling, block.show) == (self.opened.spelling, self.opened.show)
        if not same or panel is None or panel.spec != spec:
            self.opened, self.run_to_take_up = block, self.trained.get(spelling.spell(spec)) or self._left(spec)
            if panel is not None and self._can_show(panel, spec):
                panel.open_for_page(spec, block.show)
            else:
                await side.remove_children()
                if not side.is_attached:
                    return
                panel = self.make_panel(spec, block.show)
                await side.mount(panel)
        self.lab_at, self._noted = (self.page, block, panel), spec

    def _left(self, spec: Spec) -> tuple[str, bool] | None:
        """The training that the learner left here, to be where it was; none on a page that is new to them."""
        seen = self.page + 1 in host(self).progress.pages(self.lesson.name)
        self.run_as_left = left_there(runs_folder(), spec) if seen else None
        return (self.run_as_left.name, True) if self.run_as_left is not None else None

    def _can_show(self, panel: LabPanel, spec: Spec) -> bool:
        """Whether a panel goes over to a spec: not while torch is loaded again, nor where it may be refused.

        In both cases it would show the page before; what was left long ago may be refused.
        """
        return self.as_left is None and panel.spec.kind == spec.kind and host(self).worker_state[0] == "ready"

    def _note_lab(self) -> None:
        """Keep how the learner has set the lab of a page, where that is something new."""
        if self.lab_at is not None and self.lab_at[2].spec != self._noted:
            page, block, panel = self.lab_at
            self._noted = panel.spec
            spelled = "" if panel.spec == spelling.parse(block.spelling) else spelling.spell(panel.spec)
            host(self).progress.lab_set(self.lesson.name, page + 1, block.spelling, spelled)

    def _say_as_left(self) -> None:
        for line in self.query(AsLeft):
            line.tell(self.as_left is not None, self.run_as_left)

    def on_lab_panel_changed(self, event: LabPanel.Changed) -> None:
        """Keep what was changed, once it rests."""
        super().on_lab_panel_changed(event)
        if self.as_left is not None and self.lab_at is not None:
            if event.panel.spec == spelling.parse(self.lab_at[1].spelling):
                self.as_left = None
                self._say_as_left()
            self.refresh_bindings()
        self._alarm.set(1.0)

    def action_own_lab(self) -> None:
        """Let the lab stand as the page has it."""
        if self.lab_at is not None:
            _, block, panel = self.lab_at
            panel.open(spelling.parse(block.spelling), block.show)

    def _remember(self) -> None:
        """Keep in mind what was trained with which settings; what is switched as it trains begins anew."""
        panel = self.panel
        if not isinstance(panel, TrainingPanel) or panel.spec.switchable:
            return
        if panel.runner.is_kept and panel.runner.handle is not None:
            self.trained[spelling.spell(panel.spec)] = panel.runner.handle.name, panel.runner.state != "running"

    def steer(self, block: PredictBlock) -> None:
        """Let the lab stand at what was predicted, which is no change of the learner's."""
        state, panel = state_after(block), self.panel
        if state is not None and panel is not None and panel.spec.kind == state[0].kind:
            self._noted = state[0]
            panel.turn_to(*state)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The page's own lab is a key away where it stands as it was left; before, u takes back what came since."""
        if action != "own_lab":
            return super().check_action(action, parameters)
        typed = isinstance(self.focused, Input) and self.focused.check_consume_key("u", "u")
        back = self.as_left is not None and self.lab_at is not None and self.lab_at[2].spec == self.as_left
        return back and not typed and super().check_action(action, parameters)
