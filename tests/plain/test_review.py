"""Questions of earlier lessons before a new one, in plain lines."""


def test_questions_come_before_a_new_lesson_and_are_answered(talk) -> None:
    talk("page 10", "b", "n", "3", lesson=1)
    said = talk("4.25", "a", "hint", "q", "n", lesson=2)
    assert "Before you begin: questions from earlier lessons." in said
    assert said.index("the third step?") < said.index("What does it remember?") < said.index("Page 1 of 16")
    assert "Right: it is 4.25." in said and "Not right. It would if w_y were 0." in said
    assert talk.progress.answers() == {"01-recurrent-neuron/counter": False, "01-recurrent-neuron/half-memory": True}
    assert "Before you begin" not in talk(lesson=2)


def test_they_are_skipped_one_by_one(talk) -> None:
    talk("page 10", "a", "n", "3", lesson=1)
    said = talk("2", "n", "x", "n", "pages", "q", "q")
    assert "Before you begin" in said and "There is no command 'x' here" in said and "1. What you will" in said


def test_a_number_that_may_mean_two_is_told_so(talk) -> None:
    said = talk("page 11", "4,250", "4,25", lesson=1)
    assert "4,250 is thousands to some and decimals to others" in said and "Right: it is 4.25." in said


def test_where_nothing_was_answered_the_lesson_opens_at_once(talk) -> None:
    assert "Before you begin" not in talk(lesson=2)


def test_hints_go_on_after_a_right_answer_and_what_led_to_it_stays(talk) -> None:
    said = talk("page 11", "3", "hint", "4.25", "hint", "hint", "hint", "4.25", lesson=1)
    assert said.count("Hint 1 of 3") == 4 and said.count("Hint 2 of 3") == 3 and said.count("Hint 3 of 3") == 2
    assert talk.progress.trouble("01-recurrent-neuron/half-memory") == 2
