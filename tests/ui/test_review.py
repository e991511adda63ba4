"""Questions of earlier lessons before a new one."""

COUNTER, HALF = "01-recurrent-neuron/counter", "01-recurrent-neuron/half-memory"


async def test_two_questions_come_before_a_new_lesson_and_then_the_lesson(opened):
    async with opened() as app:
        app.app.progress.answered(COUNTER, "x", True)
        app.app.progress.answered(HALF, "3", False)
        app.app.open_lesson_number(2)
        await app.until("Once more, from lesson 1")
        await app.until("the third step?")  # it went wrong
        await app.press(*"4.25", "enter")
        await app.until("✓ Right: it is 4.25.")
        await app.press("n")
        await app.until("What does it remember?")
        await app.press("enter")
        await app.until("✗ It would if w_y were 0.")
        assert app.app.progress.answers() == {COUNTER: False, HALF: True}
        await app.press("p")
        await app.until("the third step?")
        await app.press("n", "n")
        await app.until("1/16")
        await app.press("q")
        await app.until("LESSONS")
        app.app.open_lesson_number(2)  # it is begun now
        await app.until("1/16")


async def test_q_skips_them(opened):
    async with opened() as app:
        app.app.progress.answered(COUNTER, "x", False)
        await app.press("down", "enter")
        await app.until("Before you begin")
        await app.press("slash", "l", "q", "n")
        await app.until("2/16")


async def test_tab_leaves_the_keys_with_the_question(opened):
    async with opened() as app:
        app.app.progress.answered(HALF, "3", False)
        app.app.open_lesson_number(2)
        await app.until("the third step?")
        await app.press("tab", *"4.2", "shift+tab", "5", "enter")
        await app.until("✓ Right: it is 4.25.")


async def test_a_page_that_is_asked_for_is_opened_at_once(opened):
    async with opened() as app:
        app.app.progress.answered(COUNTER, "x", False)
        app.app.open_lesson(app.app.lessons[1], 3)
        await app.until("4/16")


async def test_a_right_answer_once_more_does_not_wipe_out_what_led_to_it(opened):
    async with opened(lesson=1) as app:
        progress = app.app.progress
        app.app.open_lesson(app.app.lessons[0], 9)
        await app.until("What does it remember?")
        await app.press("enter")
        await app.until("✗ It would if w_y were 0.")
        await app.press("down", "enter")
        await app.until("✓ Right")
        await app.press("up", "enter")
        await app.until("✗ It would if w_y were 0.")
        await app.press("down", "enter")
        await app.until("✓ Right")
        assert progress.trouble(COUNTER) == 1
        app.app.open_lesson_number(2)
        await app.until("Once more, from lesson 1")
        await app.press("enter")
        await app.until("✗ It would if w_y were 0.")
        await app.press("down", "enter")
        await app.until("✓ Right")
        await app.press("enter")
        await app.until("✓ Right")
        assert (progress.trouble(COUNTER), progress.answers()) == (1, {COUNTER: True})


async def test_a_jump_to_a_page_neither_asks_nor_begins_the_lesson(opened):
    async with opened() as app:
        app.app.progress.answered(COUNTER, "x", False)
        app.app.open_lesson(app.app.lessons[1], 0)
        await app.until("1/16")
        await app.press("q", "l", *"saturated", "enter")
        await app.until("9/16")
        await app.press("q", "g")
        await app.until("Before you begin")
        await app.press("q")
        await app.until("9/16")
        await app.press("q", "g")
        await app.until("9/16")


async def test_who_reads_on_from_a_jump_is_not_interrupted(opened):
    async with opened() as app:
        app.app.progress.answered(COUNTER, "x", False)
        app.app.open_lesson(app.app.lessons[1], 3)
        await app.until("4/16")
        await app.press("n")
        await app.until("5/16")
        app.app.open_lesson_number(2)
        await app.until("5/16")
