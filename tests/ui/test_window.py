import pytest

from tuilab.labs.spelling import spell
from tuilab.labs.window.panel import WindowPanel

LONG = "the cat sat on the mat and the dog chews the bone that the cat wanted to have for the evening"


def panel(app) -> WindowPanel:
    return app.app.screen.query_one(WindowPanel)


async def test_the_window_moves_over_the_sentence_and_stops_at_its_ends(opened):
    async with opened("window") as app:
        await app.until("▐dog▌")
        assert "14 pairs" in app.text and "▸ dog → the   dog → chews   dog → the" in app.text
        await app.press("right", "s")
        await app.until("▐the▌")
        assert "▸dog" in app.text and "−2" in app.text and "+1" in app.text
        await app.press("right", "right", "right")
        await app.until("▐bone▌")
        await app.press("b", "left", "left", "left", "left")
        await app.until("▐the▌  ▸dog")


async def test_the_window_grows_and_shrinks_under_the_fingers(opened):
    async with opened("window") as app:
        await app.until("window ▐2▌   14 pairs")
        await app.press("plus")
        await app.until("window ▐3▌   18 pairs")
        await app.press("minus", "minus")
        await app.until("window ▐1▌   8 pairs")
        await app.press("minus")
        await app.until("A window reaches from 1 to 10 words to either side.")
        assert spell(panel(app).spec) == "window size=1"
        await app.press("u", "u", "u")
        await app.until("window ▐2▌   14 pairs")
        await app.press("u")
        await app.until("There is no change to take back.")


async def test_keys_that_come_faster_than_answers_all_count(opened):
    async with opened("window") as app:
        await app.until("14 pairs")
        await app.press(*["plus"] * 7, "v", "down")
        await app.until("window ▐9▌   5 examples   sample 1: 5 of 5 words")


async def test_cbow_gives_the_context_and_predicts_the_target(opened):
    async with opened("window") as app:
        await app.until("dog → chews")
        await app.press("v")
        await app.until("▸ the, chews, the → dog")
        assert "the mean of the, chews, the is to predict dog. 1 example." in app.text
        assert "context → target" in app.text and "5 examples" in app.text
        assert spell(panel(app).spec) == "window model=cbow"


async def test_subsampling_takes_words_out_and_the_window_reaches_over_them(opened):
    async with opened(f"window 'sentence={LONG}' seed=3") as app:
        await app.until("▐cat▌")
        await app.press("up")
        await app.until("Subsampling is off: all words stay.")
        await app.press("d")
        await app.until("Nothing is drawn here yet")
        await app.press("down", "down", "down", "down", "down")
        await app.until("sample 0.01:")
        assert "×the" in app.text and "keep" in app.text and " out" in app.text and "keep √(0.01/" in app.text
        before = app.text
        await app.press("d")
        await app.until(lambda: panel(app).spec.seed == 4 and app.text != before)
        await app.press("up", "up", "up", "up", "up")
        await app.until(lambda: panel(app).spec.sample == 0 and "×" not in app.text)
        await app.press(*["down"] * 9, "down")
        await app.until("The threshold is 1e-05: hardly a word stays.")


async def test_a_target_that_is_out_says_so(opened):
    async with opened("window sample=0.001 seed=2") as app:
        await app.until("sample 0.001")
        out = next(at for at, seen in enumerate(panel(app).view.occurrences) if not seen.stays)
        panel(app).target = out
        panel(app).draw_all()
        await app.until("is out: nothing is made of it, and windows reach over it.")


async def test_another_sentence_is_typed(opened):
    async with opened("window") as app:
        await app.until("▐dog▌")
        await app.press("e")
        await app.until("A sentence, or a longer text")
        await app.press(*"sue", "enter")
        await app.until("sentence has 1 word, and so no context")
        await app.press(*" is in", "enter")
        await app.until("▐is▌")
        assert spell(panel(app).spec) == "window 'sentence=sue is in'"
        await app.press("u")
        await app.until("▐dog▌")


async def test_a_shorter_sentence_keeps_the_window_on_it(opened):
    async with opened("window") as app:
        await app.until("▐dog▌")
        await app.press("right", "right", "right", "e")
        await app.until("A sentence, or a longer text")
        await app.press(*"hi there", "enter")
        await app.until("▐there▌")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_target_of_a_long_text_is_in_sight_with_what_is_made_of_it(opened, size):
    text = " ".join(f"word{n}" for n in range(200))
    async with opened(f"window 'sentence={text}' size=3 sample=0.001 shrink=yes model=cbow", size=size) as app:
        await app.until("▐word1▌")
        for target in (150, 199, 60, 0):
            panel(app).target = target
            panel(app).draw_all()
            await app.until(f"▐word{target}▌")
            stays = panel(app).view.occurrences[target].stays
            assert not stays or f"→ word{target}\n" in app.text or f"→ word{target} " in app.text


async def test_the_code_is_shown(opened):
    async with opened("window") as app:
        await app.until("▐dog▌")
        await app.press("c")
        await app.until("words = ['the', 'dog', 'chews', 'the', 'bone']")
