"""The lab of a page comes back as its learner left it."""

import pytest

from tuilab.course.lesson import LabBlock
from tuilab.labs import spelling
from tuilab.records.folders import data_folder
from tuilab.records.progress import Progress
from tuilab.ui.pagelab import AsLeft

SAID = "The lab stands as you left it"
OWN = "neuron w_x=1 w_y=0 b=0"  # of pages 3 and 4 of lesson 1
WIDE = (120, 40)


def stands(app) -> str:
    return spelling.spell(app.app.screen.panel.spec)


def own_of(app, page: int) -> str:
    """How a page spells its lab."""
    return next(part for part in app.app.screen.pages[page - 1].segments if isinstance(part, LabBlock)).spelling


def is_said(app) -> bool:
    return app.app.screen.query_one(AsLeft).display


async def open_page(app, number: int, page: int) -> None:
    lesson = next(lesson for lesson in app.app.lessons if lesson.number == number)
    app.app.open_lesson(lesson, page - 1)
    await app.until(f"{page}/{lesson.page_count}")
    await app.until(lambda: app.app.screen.lab_at is not None and app.app.screen.lab_at[0] == page - 1)


async def edit(app, value: str) -> None:
    await app.press("tab", "e", *value, "enter")
    await app.until(lambda: stands(app) != spelling.spell(spelling.parse(OWN)))


async def test_an_edit_is_there_again_after_a_new_start_and_u_gives_the_pages_own(opened):
    async with opened(size=WIDE) as app:
        await open_page(app, 1, 4)
        assert not is_said(app)
        await edit(app, "2")
        left = stands(app)
        await app.press("q")
        await app.until("LESSONS")
    async with opened(size=WIDE) as app:
        await open_page(app, 1, 4)
        await app.until(SAID)
        assert stands(app) == left and "u Page's own" in app.text
        await app.press("u")
        await app.until(lambda: stands(app) == spelling.spell(spelling.parse(OWN)))
        await app.until(lambda: SAID not in app.text and "Page's own" not in app.text)
    async with opened(size=WIDE) as app:
        await open_page(app, 1, 4)
        assert not is_said(app) and stands(app) == spelling.spell(spelling.parse(OWN))


async def test_a_page_has_what_was_left_there_and_no_other_page_has(opened):
    async with opened(size=WIDE) as app:
        await open_page(app, 1, 4)
        await edit(app, "2")
        left = stands(app)
        await app.press("p")
        await app.until("3/13")
        await app.until(lambda: stands(app) == spelling.spell(spelling.parse(OWN)))
        assert not is_said(app)
        await app.press("n")
        await app.until("4/13")
        await app.until(lambda: stands(app) == left)
        assert is_said(app)


async def test_u_takes_edits_back_first_and_the_pages_own_comes_then(opened):
    async with opened(size=WIDE) as app:
        await open_page(app, 1, 4)
        await edit(app, "2")
        left = stands(app)
        await app.press("n", "p")
        await app.until(SAID)
        await app.press("tab", "e", "3", "enter")
        await app.until(lambda: stands(app) not in (left, OWN))
        await app.until(lambda: "Page's own" not in app.text and "u Undo" in app.text)
        await app.press("u")
        await app.until(lambda: stands(app) == left)
        await app.until("u Page's own")
        await app.press("u")
        await app.until(lambda: stands(app) == spelling.spell(spelling.parse(OWN)))


@pytest.mark.parametrize(
    ("number", "page", "own", "changed"),
    [
        (2, 5, "unroll", "unroll neurons=2"),
        (3, 9, "shapes form=encdec", "shapes form=encdec hidden=8"),
        (4, 2, "gradients", "gradients activation=relu"),
        (5, 2, "cell t=3", "cell t=2 cell=gru"),
        (6, 3, "", ""),
        (8, 3, "window", "window size=4"),
    ],
)
async def test_settings_come_back_in_every_kind_of_lab(opened, number, page, own, changed):
    async with opened(size=WIDE) as app:
        lesson = next(lesson for lesson in app.app.lessons if lesson.number == number)
        block = None
        await app.press("escape")
        app.app.open_lesson(lesson, page - 1)
        await app.until(lambda: app.app.screen.lab_at is not None)
        block = app.app.screen.lab_block
        changed = changed or f"{block.spelling} seed=99"
        assert own in ("", block.spelling)
        app.app.screen.panel._take_settings(spelling.parse(changed))
        await app.until(lambda: Progress(data_folder()).lab(lesson.name, page, block.spelling) != "")
        await app.press("q")
        app.app.open_lesson(lesson, page - 1)
        await app.until(SAID)
        assert stands(app) == spelling.spell(spelling.parse(changed))
        await app.press("u")
        await app.until(lambda: stands(app) == spelling.spell(spelling.parse(block.spelling)))


@pytest.mark.parametrize("spelled", ["neuron frog=2", "neuron w_x=", "nosuch", '"', "unroll"])
async def test_what_cannot_be_read_any_more_or_is_of_another_lab_is_passed_over(opened, spelled):
    async with opened(size=WIDE) as app:
        app.app.progress.lab_set("01-recurrent-neuron", 4, OWN, spelled)
        await open_page(app, 1, 4)
        assert not is_said(app) and stands(app) == spelling.spell(spelling.parse(OWN))


async def test_what_the_worker_refuses_now_is_said_and_u_gives_the_pages_own(opened):
    async with opened(size=WIDE) as app:
        gone = "cell t=3 model=20260101-000000.000000-forecast"
        await open_page(app, 5, 2)
        await app.until(lambda: app.app.screen.panel.view is not None)
        app.app.progress.lab_set("05-lstm-gru", 3, own := own_of(app, 3), gone)
        await app.press("n")
        await app.until(SAID)
        await app.until("there is no kept run")
        await app.press("u")
        await app.until(lambda: stands(app) == spelling.spell(spelling.parse(own)) and not is_said(app))
        await app.until(lambda: "there is no kept run" not in app.text)


async def test_a_page_that_has_another_lab_now_opens_that(opened):
    async with opened(size=WIDE) as app:
        app.app.progress.lab_set("01-recurrent-neuron", 4, "neuron seed=1", "neuron w_x=5")
        await open_page(app, 1, 4)
        assert not is_said(app) and stands(app) == spelling.spell(spelling.parse(OWN))


async def test_where_a_prediction_has_put_the_lab_is_no_change_and_questions_stay_right(opened):
    async with opened(size=WIDE) as app:
        app.app.progress.lab_set("01-recurrent-neuron", 5, "neuron w_x=0.5 w_y=0.5 b=0", "neuron w_x=3 w_y=0.5 b=0")
        await open_page(app, 1, 5)
        await app.until(SAID)
        await app.press(*"9", "enter")
        await app.until("the lab shows")
        right = next(line for line in app.text.splitlines() if "the lab shows" in line)
        steered = stands(app)
        await app.press("q")
        await app.until("LESSONS")
        assert Progress(data_folder()).lab("01-recurrent-neuron", 5, "neuron w_x=0.5 w_y=0.5 b=0") != steered
        await open_page(app, 1, 5)
        await app.until(SAID)
        await app.press("u")
        await app.until(lambda: not is_said(app))
        await app.press(*"9", "enter")
        await app.until(right.partition("▏")[0].strip()[-12:])


async def test_where_letters_are_typed_u_is_one_of_them(opened):
    async with opened(size=WIDE) as app:
        app.app.progress.lab_set("08-word2vec", 16, "neighbours word=king", "neighbours word=queen")
        await open_page(app, 8, 16)
        await app.until(SAID)
        await app.until("u Page's own")
        await app.press("tab")
        await app.until(lambda: "Page's own" not in app.text)
        await app.press("u")
        await app.until(lambda: "u" in app.app.screen.focused.value.replace("queen", ""))
        assert stands(app) == "neighbours word=queen"
        await app.press("tab", "u")
        await app.until(lambda: stands(app) == "neighbours word=king")


async def test_another_program_that_has_changed_it_meanwhile_is_not_overwritten(opened):
    async with opened(size=WIDE) as app:
        await open_page(app, 1, 4)
        other = Progress(data_folder())
        other.lab_set("01-recurrent-neuron", 4, OWN, "neuron w_x=7 w_y=0 b=0")
        await app.press("q")
        await app.until("LESSONS")
        assert Progress(data_folder()).lab("01-recurrent-neuron", 4, OWN) == "neuron w_x=7 w_y=0 b=0"
