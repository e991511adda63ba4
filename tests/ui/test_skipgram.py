import re

import msgspec
import pytest
from rich.cells import cell_len

from tests.support.grids import reached, shown
from tuilab.labs.skipgram.panel import SkipgramPanel
from tuilab.labs.spelling import spell
from tuilab.widgets.blocks import Cell


def panel(app) -> SkipgramPanel:
    return app.app.screen.query_one(SkipgramPanel)


async def test_the_update_forwards_with_every_dot_product(opened):
    async with opened("skipgram") as app:
        await app.until("skip-gram  dog → bone   update 0   loss 4.8230   negative sampling, k 5")
        panel(app).grid.move_to(Cell("draws", 0, 1))
        await app.press("enter")
        await app.until("u·h of bone = (−0.4600)×0.7400")
        assert set(panel(app).grid.sources) == {Cell(b, 0, c) for b in ("u", "v") for c in range(4)}
        assert app.text.count("▸") == 8


async def test_v_turns_to_the_gradients_and_then_to_both_losses(opened):
    async with opened("skipgram") as app:
        await app.until("u, drawn")
        await app.press("v")
        await app.until("d loss / d u")
        assert "u after" in app.text and "autograd: within" in app.text
        await app.press("v")
        await app.until("loss: negative sampling 4.8230, NCE 5.4343")
        assert "noise-contrastive" in app.text and "logkP" in app.text
        await app.press("v")
        await app.until("u, drawn")


async def test_before_gradient_and_after_stand_side_by_side_on_a_wide_screen(opened):
    async with opened("skipgram", size=(120, 40)) as app:
        await app.until("u, drawn")
        await app.press("v")
        await app.until("v before")
        panel(app).grid.move_to(Cell("u after", 2, 1))
        await app.press("enter")
        await app.until("u − lr × gradient")
        assert set(panel(app).grid.sources) == {Cell("u", 2, 1), Cell("du", 2, 1)}


async def test_updates_are_taken_and_taken_back(opened):
    async with opened("skipgram noise=book,car") as app:
        await app.until("update 0")
        first = app.text
        await app.press("b")
        await app.until("No update has been taken yet; s takes this one.")
        after = panel(app).view.v_after
        await app.press("s")
        await app.until("update 1")
        assert panel(app).view.v == after and spell(panel(app).spec) == "skipgram noise=book,car updates=1"
        await app.press(*"ssss")
        await app.until("update 5")
        assert panel(app).view.loss < 1.0
        await app.press(*"bbbbb")
        await app.until(lambda: app.text == first)


async def test_updates_end_somewhere(opened):
    async with opened("skipgram updates=200 lr=0.01") as app:
        await app.until("update 200")
        await app.press("s")
        await app.until("200 updates are as many as are taken here.")


async def test_an_edit_is_recomputed_marked_spelled_and_taken_back(opened):
    async with opened("skipgram updates=2") as app:
        await app.until("update 2")
        before = app.text
        await app.press("e")
        await app.until("New value for v of dog, number 0")
        await app.press(*"2", "enter")
        await app.until("(0.71)")
        guitar = next(line for line in app.text.splitlines() if "guitar" in line)
        assert "▐2.00▌" in app.text and guitar.count("*") == 4  # still level with what is computed of it
        await app.until(lambda: spell(panel(app).spec) == "skipgram updates=2 'set=v[2,1,0]:2.0'")
        await app.press("s")
        await app.until("update 3")
        await app.press("b", "u")
        await app.until(lambda: app.text == before)


async def test_a_row_of_u_is_edited_for_its_word_wherever_it_was_drawn(opened):
    async with opened("skipgram noise=book,car,book") as app:
        await app.until("u, drawn")
        panel(app).grid.move_to(Cell("u", 3, 1))
        await app.press("e")
        await app.until("New value for u of book, number 1")
        await app.press(*"-1.5", "enter")
        await app.until(lambda: panel(app).spec.set == "u[0,4,1]:-1.5")
        await app.until(lambda: panel(app).value_at(Cell("u", 1, 1)) == panel(app).value_at(Cell("u", 3, 1)) == -1.5)


async def test_what_is_computed_or_skipped_cannot_be_edited(opened):
    async with opened("skipgram noise=bone,book") as app:
        await app.until("u, drawn")
        panel(app).grid.move_to(Cell("draws", 0, 2))
        await app.press("e")
        await app.until("σ of bone is computed")
        await app.press("escape")
        panel(app).grid.move_to(Cell("draws", 1, 2))
        await app.until("negative sampling skips it")
        await app.press("e")
        await app.until("enter says more")
        assert "sampling skips it" in app.text
        await app.press("escape")
        await app.press("v")
        await app.until("d loss / d h")
        panel(app).grid.move_to(Cell("dh", 0, 2))
        await app.press("e")
        await app.until("d loss / d h, number 2 is computed")


async def test_m_changes_the_model_and_keeps_what_is_predicted(opened):
    async with opened("skipgram") as app:
        await app.until("skip-gram  dog → bone")
        await app.press("m")
        await app.until("CBOW  the, dog, chews, the → bone")
        assert "h, their mean" in app.text
        panel(app).grid.move_to(Cell("h", 0, 1))
        await app.press("enter")
        await app.until("/ 4 ≈")
        assert set(panel(app).grid.sources) == {Cell("v", row, 1) for row in range(4)}
        await app.press("m")
        await app.until("skip-gram  dog → bone")


async def test_m_swaps_words_that_were_chosen(opened):
    async with opened("skipgram target=sun context=house") as app:
        await app.until("skip-gram  sun → house")
        await app.press("m")
        await app.until("CBOW  sun → house")
        await app.press("m")
        await app.until("skip-gram  sun → house")


async def test_u_takes_the_other_model_back_and_then_the_edit_before_it(opened):
    async with opened("skipgram target=sun context=house,car model=cbow") as app:
        await app.until("mean")
        await app.press("e")
        await app.until("New value for v of house, number 0")
        await app.press("2", "enter")
        await app.until(lambda: panel(app).spec.set)
        edited = panel(app).spec
        await app.press("m")
        await app.until("skip-gram  house → sun")
        await app.press("s", "u")
        await app.until("CBOW  house, car → sun")
        assert panel(app).spec == msgspec.structs.replace(edited, updates=1)
        await app.press("u")
        await app.until(lambda: not panel(app).spec.set)
        await app.press("u")
        await app.until("There is no edit to take back.")


async def test_settings_that_run_away_leave_what_there_was(opened):
    async with opened("skipgram lr=2 'set=v[0,1,0]:1e6'") as app:
        await app.until("update 0")
        await app.press("s")
        await app.until("with lr=2 the vectors leave")
        await app.until("update 0")
        assert panel(app).spec.updates == 0


async def test_every_number_can_be_reached_with_the_arrows_in_a_small_panel(opened):
    async with opened("skipgram model=cbow loss=nce dimensions=8 negatives=10") as app:
        await app.until("CBOW")
        for _ in range(3):
            assert reached(panel(app).grid) == shown(panel(app).grid)
            await app.press("v")


@pytest.mark.parametrize(
    ("model", "head"), [("skipgram", "skip-gram  chews → the"), ("cbow", "the, dog, the, bone → chews")]
)
async def test_the_window_lab_leads_into_an_update_and_back(opened, model, head):
    async with opened(f"window model={model}") as app:
        await app.until("▐dog▌")
        await app.press("right", "i")
        await app.until(head)
        assert panel(app).spec.words == "the:2,bone:1,chews:1,dog:1"
        await app.press("q")
        await app.until("▐chews▌")


async def test_a_window_with_no_update_in_it_says_why(opened):
    async with opened("window 'sentence=dog dog dog'") as app:
        await app.until("▐dog▌")
        await app.press("i")
        await app.until("words has 1 of them; it takes 2 to 40")


async def test_numbers_stand_below_each_other_beside_words_of_wide_letters(opened):
    async with opened("window 'sentence=猫が 好き is bone 猫が'") as app:
        await app.until("▐好き▌")
        await app.press("i")
        await app.until("u, drawn")
        rows = [line for line in app.text.splitlines() if re.match(r" +(猫が|好き|is|bone) +-?\d", line)]
        assert len(rows) == 6 and len({row.split()[0] for row in rows}) > 2
        ends = [[cell_len(line[: dot.start()]) for dot in re.finditer(r"\.\d\d", line)][:6] for line in rows]
        assert all(each == ends[0] for each in ends)


@pytest.mark.parametrize(
    ("way", "cell", "name"),
    [
        ("u, drawn", Cell("draws", 0, 1), "u·h of bone"),
        ("d loss / d u", Cell("u after", 0, 1), "u after of bone, number 1"),
        ("logkP", Cell("nce", 1, 4), "loss of"),
    ],
)
async def test_a_number_is_tried_first(opened, way, cell, name):
    async with opened("skipgram", size=(120, 40)) as app:
        await app.until("u, drawn")
        lab = panel(app)
        while way not in app.text:
            await app.press("v")
        lab.grid.move_to(cell)
        right = lab.value_at(cell)
        await app.press("t")
        await app.until("is hidden. What is it?")
        assert name in app.text and f"Work out {name}" in app.text and lab.value_at(cell) is None
        await app.press(*f"{right:.3f}", "enter")
        await app.until("Right: " + name)
        assert lab.value_at(cell) == right


async def test_a_slip_in_a_number_that_is_tried_is_named(opened):
    async with opened("skipgram") as app:
        await app.until("u, drawn")
        lab = panel(app)
        sigma, error = Cell("draws", 0, 2), Cell("draws", 0, 4)
        lab.grid.move_to(error)
        await app.press("t")
        await app.until("error of bone is hidden. What is it?")
        await app.press(*f"{lab.value_at(sigma):.3f}", "enter")
        await app.until("It is what comes out where the label is not taken off.")


async def test_vectors_and_labels_are_given_and_not_tried(opened):
    async with opened("skipgram") as app:
        await app.until("u, drawn")
        lab = panel(app)
        for cell in (Cell("v", 0, 1), Cell("u", 1, 0), Cell("draws", 0, 3)):
            lab.grid.move_to(cell)
            await app.press("t")
            await app.until("cannot be tried; t is for")
            await app.press("escape")
            await app.until(lambda: app.app.screen.query(SkipgramPanel))
