"""Keys that arrive in one burst, as over a line that stalls, are taken one after the other and break nothing."""

import pytest


def test_two_enters_at_home_open_one_lesson(opened):
    program = opened()
    program.until("▸1")
    program.press("\r\r")
    program.until("After this lesson")
    program.press("q")
    program.until("q Quit")


def test_two_enters_in_a_dialogue_close_only_the_dialogue(opened):
    program = opened("open", "unroll")
    program.until("part 4 of 4")
    program.press("e")
    program.until("New value for X[0,0]")
    program.press("3\r\r")
    program.until("set=X[0,0,0]:3.0")
    program.press("f")
    program.until("Settings of unroll")
    program.press("\r\r")
    program.gone("Settings of unroll")
    program.until("part 4 of 4")


def test_many_enters_in_find_go_to_one_place(opened):
    program = opened("lesson", "1")
    program.until("After this lesson")
    program.press("/")
    program.until("Find a lesson")
    program.press(*"deaf")
    program.until("2.9 Large inputs")
    program.press("\r\r\r\r")
    program.until("2 · A recurrent layer by hand")
    program.press("q")
    program.until("1 · Sequences and the recurrent neuron")
    program.press("q")
    program.until("q Quit")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("12\x7f5", "15"),
        ("1\x1b[D\x7f5\x1b[C", "51"),
        ("99\x01\x0b15", "15"),
        ("99\x1515", "15"),
        ("51\x01\x041\x055", "115"),
    ],
)
def test_editing_keys_stay_in_their_order(opened, typed, line):
    program = opened("open", "unroll")
    program.until("part 4 of 4")
    program.press("e")
    program.until("New value for X[0,0]")
    program.press(typed)
    program.until(f" {line} ")
    assert " 99" not in program.text


@pytest.mark.parametrize(
    ("lab", "there", "typed", "spelled"),
    [
        ("unroll", "part 4 of 4", "e2\r", "set=X[0,0,0]:2.0"),
        ("unroll", "part 4 of 4", "\x1b[C\x1b[Ce2\r", "set=Wx[0,0]:2.0"),
        ("cell", "unit 0 of 3", ".e2\r", "set=x[1]:2.0"),
        ("skipgram", "update 0", "se2\r", "set=v[1,1,0]:2.0"),
        ("window", "▐dog▌", "ehi there\r", "sentence=hi there"),
        ("unroll", "part 4 of 4", "f\x1b[B2\r", "unroll neurons=2"),
    ],
)
def test_what_is_typed_behind_the_key_of_a_dialogue_is_typed_into_it(opened, lab, there, typed, spelled):
    program = opened("open", lab)
    program.until(there)
    program.press(typed)
    program.until(spelled)


def test_many_enters_in_the_command_palette_go_to_one_place(opened):
    program = opened("lesson", "1")
    program.until("After this lesson")
    program.press("\x10")
    program.until("Search for commands")
    program.press(*"lab: unr")
    program.until("Lab: unroll")
    program.press("\x1b[B", "\r\r\r\r")
    program.until("part 4 of 4")
    program.press("q")
    program.until("1 · Sequences and the recurrent neuron")


def test_a_key_while_torch_is_loading_says_so(opened):
    program = opened("open", "neuron")
    program.until("t Try")
    program.press("t")
    seen = []
    program.until(lambda text: seen.append(text) or "w_x" in text)
    assert not any("not running" in text for text in seen)
