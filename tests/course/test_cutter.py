import pytest

LAB = 'open = "unroll"'
ASK = 'id = "q"\nask = "?"\nexperiment = "unroll"\nanswer = "b"'
TWO = '[[choices]]\ntext = "a"\nvalue = 1\n[[choices]]\ntext = "b"\nvalue = 2\nwhy = "no"'
OWN = '[[choices]]\ntext = "a"\nwhy = "x"\n[[choices]]\ntext = "b"\nwhy = "x"'


def _block(name, body):
    """A page on line 6 of the file with a block on line 7, whose first line is line 8."""
    return f"## Page\n```{name}\n{body}\n```\n"


@pytest.mark.parametrize("body", [_block("lab", LAB), _block("quiz", f"{ASK}\n{TWO}"), _block("text", "open = ")])
def test_nothing_is_said_of_what_is_right(write, body):
    pages, mistakes = write.cut(body)
    assert (len(pages), mistakes) == (1, [])


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        ("", 6, "The lesson has no page; a page begins with ##."),
        ("Hello\n## A\n", 6, "This stands before the first page; a page begins with ##."),
        ("\n```text\n```\n## A\n", 7, "This stands before the first page; a page begins with ##."),
        ("## A\n##\n", 7, "The page has no title."),
        ("## A\n```lab\n" + LAB, 7, "The lab block is not closed."),
        (_block("lab", "open = "), 8, "The lab block is not TOML here: invalid value."),
        (
            _block("lab", f"{LAB}\nshow = 1 2"),
            9,
            "The lab block is not TOML here: expected newline or end of doc",
        ),
        (_block("lab", f'{LAB}\n\nask = """a'), 10, "The lab block is not TOML here: unterminated string."),
        (_block("lab", ""), 7, "The lab has no 'open'."),
        (_block("lab", 'open = ""'), 7, "The lab has no 'open'."),
        (_block("quiz", f'{ASK}\nalone = "no"'), 12, "alone is true or false."),
        (_block("lab", f"{LAB}\nopne = 1"), 9, "A lab has no key 'opne'. There are: open, show."),
        (_block("lab", "\nopen = 1"), 9, "open is text in quotes."),
        (_block("lab", f"{LAB}\nshow = 1"), 9, "show is a table."),
        (
            _block("lab", f"{LAB}\n[show]\nstep = true"),
            9,
            "show: unroll: step=True is not allowed: step is a whole number",
        ),
        (
            _block("lab", f"{LAB}\nshow = {{step = 12}}"),
            9,
            "show: unroll: step=12 is not allowed: step is a whole number",
        ),
        (
            _block("lab", f'{LAB}\nshow = {{part = "tan"}}'),
            9,
            "show: unroll: part=tan is not allowed: part is one of input",
        ),
        (
            _block("lab", f'{LAB}\nshow = {{stop = "1"}}'),
            9,
            "show: unroll: there is no field 'stop'. There are: step, part",
        ),
        (
            _block("lab", f'{LAB}\nshow = {{cursor = "Wx"}}'),
            9,
            "show: unroll: cursor=Wx is not allowed: cursor is a place",
        ),
        (
            _block("lab", 'open = "forecast"\nshow = {step = 1}'),
            9,
            "show: there is nothing that a page can set in forecast.",
        ),
        (_block("lab", 'open = "unrol"'), 8, "There is no experiment 'unrol'."),
        (_block("lab", 'open = "unroll neurons=9"'), 8, "unroll: neurons=9 is not allowed"),
        (_block("quiz", ASK), 7, "A quiz has either choices or a tolerance."),
        (_block("quiz", f"{ASK}\ntolerance = 1\n{TWO}"), 7, "A quiz has either choices or a tolerance."),
        (_block("quiz", f"{ASK}\nchoices = []"), 12, "A quiz has at least two choices; this one has 0."),
        (_block("quiz", f"{ASK}\n{TWO[:32]}"), 12, "A quiz has at least two choices; this one has 1."),
        (_block("quiz", f"{ASK}\nchoices = [1, 2]"), 12, "Each choice is a table under its own [[choices]]."),
        (_block("quiz", f"{ASK}\n{TWO[:-11]}"), 15, "Only the right choice may do without a why."),
        (
            _block("quiz", f"{ASK}\n{TWO}\nwhat = 1"),
            19,
            "A choice has no key 'what'. There are: text, value, why.",
        ),
        (_block("quiz", f"{ASK}\n{TWO[:-21]}"), 15, "The choice has no 'value'."),
        (_block("quiz", f"{ASK}\ntolerance = true"), 12, "tolerance is a number."),
        (_block("quiz", f"{ASK}\ntolerance = -1"), 12, "tolerance is a number from 0 on, not -1."),
        (_block("quiz", f"{ASK}\ntolerance = nan"), 12, "tolerance is a number from 0 on, not nan."),
        (_block("quiz", ASK.replace('"b"', '"b["') + "\ntolerance = 1"), 11, "'b[' is not a path"),
        (_block("quiz", ASK.replace("unroll", "x") + "\ntolerance = 1"), 10, "There is no experiment 'x'."),
        (_block("quiz", ASK[9:]), 7, "The quiz has no 'id'."),
        (
            _block("quiz", f'{ASK}\ntolerance = 1\nright = "same"'),
            7,
            "A quiz has only one of tolerance, right and order",
        ),
        (_block("quiz", f'{ASK}\nright = "same"'), 7, "A quiz has either choices or a tolerance."),
        (_block("quiz", f'{ASK}\nright = "near 3"\n{OWN}'), 12, "right is one of above 0.9, below 0.9, beyond"),
        (_block("quiz", f'{ASK}\norder = "up"\n{OWN}'), 12, "order is one of smallest first, largest first, not 'up'"),
        (_block("quiz", f'{ASK[:18]}\nright = "same"\n{OWN}'), 7, "The quiz has no 'experiment'."),
        (_block("quiz", f'{ASK[:18]}\nright = "above 1"\n{OWN}'), 11, "The choice has no 'experiment'."),
        (_block("quiz", f'{ASK}\nright = "above 1"\n{TWO}'), 15, "A choice has no key 'value'. There are: text, exper"),
        (
            _block("quiz", f'{ASK}\norder = "largest first"\n{OWN[:-9]}'),
            16,
            "Each choice that is put in order says why",
        ),
        (_block("quiz", f'{ASK}\nright = "same"\n{OWN}\nexperiment = "x"'), 19, "There is no experiment 'x'."),
        (_block("quiz", f'{ASK}\nright = "same"\n{OWN}\nanswer = "b["'), 19, "'b[' is not a path"),
        (_block("predict", ASK), 7, "A prediction has either a tolerance, or choices and wins."),
        (_block("predict", f"{ASK}\n{TWO}"), 7, "A prediction has either a tolerance, or choices and wins."),
        (_block("predict", f'{ASK}\nwins = "most"\n{OWN}'), 12, "wins is one of largest, smallest, not 'most'."),
        (_block("predict", f'{ASK}\nwins = "largest"\n{TWO}'), 15, "A choice has no key 'value'."),
        (_block("predict", f"{ASK}\ntolerance = 1\nmarks = {{until = 9}}"), 7, "The marks has no 'axis'."),
        (
            _block("predict", f"{ASK}\ntolerance = 1\nmarks = {{axis = 't', until = 1, crosses = 1}}"),
            13,
            "until is the last place of the curve",
        ),
        (_block("predict", f'{ASK}\nmarks = {{}}\nwins = "largest"\n{OWN}'), 12, "A mark on a curve is a number"),
        (_block("predict", f"{ASK[:18]}\ntolerance = 1"), 7, "The predict has no 'experiment'."),
        (_block("predict", f"{ASK}\ntolerance = 1\nright = 1"), 13, "A predict has no key 'right'."),
        (_block("predict", f"{ASK}\ntolerance = 1\nthen = {{step = 12}}"), 13, "then: unroll: step=12 is not allowed"),
        (_block("quiz", f"{ASK}\ntolerance = 1\nhints = []"), 13, "hints is a list of one to three texts in quotes."),
        (_block("quiz", f"{ASK}\ntolerance = 1\nhints = [1]"), 13, "hints is a list of one to three texts in quotes."),
        (_block("quiz", f'{ASK}\ntolerance = 1\nhints = "a"'), 13, "hints is a list."),
        (_block("quiz", f"{ASK}\n{TWO}\n{TWO}"), 19, "There is a choice 'a' already."),
        (_block("quiz", f"{ASK}\n" + f"{TWO}\n" * 5), 12, "A quiz has at most 8 choices; this one has 10."),
        (
            _block("quiz", f"{ASK}\ntolerance = 1") + _block("quiz", f"{ASK}\ntolerance = 1"),
            15,
            "There is a quiz with the id 'q' already: 01-shapes/lesson.md, line 7.",
        ),
    ],
)
def test_each_mistake_has_its_line_and_one_sentence(write, body, line, sentence):
    _, mistakes = write.cut(body)
    assert [mistake.line for mistake in mistakes] == [line]
    assert mistakes[0].sentence.startswith(sentence)
    assert str(mistakes[0]) == f"01-shapes/lesson.md, line {line}: {mistakes[0].sentence}"


def test_all_mistakes_are_found_and_the_rest_is_kept(write):
    pages, mistakes = write.cut(_block("lab", "") + "Text.\n" + _block("quiz", ASK))
    assert [mistake.line for mistake in mistakes] == [7, 12]
    assert [len(page.segments) for page in pages] == [1, 0]
