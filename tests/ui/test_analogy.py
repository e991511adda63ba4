"""The analogy lab on the screen."""

import pytest

from tests.labs.vectors import WORDS, keep
from tuilab.labs.analogy.panel import AnalogyPanel
from tuilab.vectors import open as opening
from tuilab.widgets.completing import WordLine
from tuilab.widgets.grid import NumberGrid


@pytest.fixture(autouse=True)
def run() -> str:
    opening._opened.cache_clear()
    return keep()


def spec(app):
    return app.app.screen.query_one(AnalogyPanel).spec


async def test_a_sum_is_typed_just_so(opened):
    async with opened("analogy") as app:
        await app.until("king − man + woman is nearest to princess")
        await app.press(*"queen - woman + man - prince + princess", "enter")
        await app.until("queen − woman + man − prince + princess is nearest to")
        await app.press(*"queen - wo")
        await app.until(lambda: "woman" in str(app.app.screen.query_one("#completions").content))
        await app.press("right", "enter")
        await app.until("queen − woman is nearest to")


async def test_v_leaves_out_the_words_asked_with(opened):
    async with opened("analogy") as app:
        await app.until("The words asked with are left out; v puts them in.")
        await app.press("escape", "v")
        await app.until("Nothing is left out; v leaves out the words asked with.")
        assert spec(app).without == "nothing" and "  asked" in app.text
        await app.press("v")
        await app.until("The words asked with are left out")
        await app.press("u")
        await app.until("Nothing is left out")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("king man", "there is no + or - between king and man."),
        ("king - kingg", "kingg is not among the 10 words; spelled most like it: king."),
        ("king - king", "These words cancel out: nothing is left that has a direction."),
    ],
)
async def test_what_cannot_be_added_up_is_told(opened, typed, sentence):
    async with opened("analogy") as app:
        await app.until("is nearest to")
        await app.press(*typed, "enter")
        await app.until(sentence)
        assert spec(app).of == "king - man + woman"


async def test_directions_are_compared_number_by_number(opened):
    async with opened("analogy") as app:
        await app.until("is nearest to")
        await app.press("escape", "d")
        await app.until("3 directions, mean cosine of two of them")
        await app.until("king → queen against the mean of all others: cosine")
        assert spec(app).pairs == "male-female" and "Not among the words: prince:princess" not in app.text
        app.app.screen.set_focus(app.app.screen.query_one(NumberGrid))
        await app.press("right", "right")
        await app.until(" against ")
        await app.press("s")
        await app.until("Of these pairs none have both words among the 10 words")
        assert spec(app).pairs == "male-female"
        await app.press("e")
        assert app.app.focused is app.app.screen.query_one(WordLine)
        await app.press(*"man:woman prince:pr")
        await app.until(lambda: "princess" in str(app.app.screen.query_one("#completions").content))
        await app.press("down", "down", "enter")
        await app.until("2 directions")
        assert spec(app).pairs == "man:woman prince:princess"
        await app.press("escape", "d")
        await app.until("king − man + woman is nearest to")
        await app.press("d")
        await app.until("2 directions")


async def test_a_line_goes_back_to_what_is_shown_where_a_key_is_refused(opened):
    keep({word: WORDS[word] for word in ("king", "france", "walked", "kingdom")})
    async with opened("analogy 'of=king - france'") as app:
        await app.until("king − france is nearest to kingdom")
        await app.press("escape", "d")
        await app.until("Of these pairs none have both words among the 4 words")
        await app.until("sum king - france")
        await app.press("e", *"king + france", "enter")
        await app.until("king + france is nearest to")


async def test_the_footer_names_the_keys_that_bring_what_is_cut(opened):
    pairs = " ".join(f"{a}:{b}" for a in ("man", "king", "prince", "kingdom") for b in ("woman", "queen", "walked"))
    async with opened(f"analogy 'pairs={pairs}'") as app:
        await app.until("12 directions")
        assert "›" in app.text and "arrows" not in app.text.splitlines()[-1]
        await app.press("escape")
        await app.until("arrows Other numbers")
        await app.press("escape", "d")
        await app.until("↑ ↓ Row")


async def test_the_code_is_of_what_is_shown(opened):
    async with opened("analogy") as app:
        await app.until("is nearest to")
        await app.press("escape", "c")
        await app.until("total = sum(sign * unit[id]")
        await app.press("escape", "d")
        await app.until("3 directions")
        await app.press("c")
        await app.until("cosines of each two")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_numbers_stay_inside_the_screen(opened, size):
    async with opened("analogy pairs=male-female", size=size) as app:
        await app.until("3 directions")
        assert all(len(line) <= size[0] for line in app.text.splitlines())
