"""The cell lab on the screen."""

from contextlib import asynccontextmanager

import msgspec
import pytest

from tests.labs.test_cell_experiment import keep
from tuilab.labs.cell.spec import CellShow
from tuilab.labs.spelling import parse
from tuilab.records.folders import runs_folder
from tuilab.widgets.blocks import Cell


@pytest.fixture
def cell(opened):
    """`async with cell("t=3") as app:` opens the lab, which then has its numbers."""

    @asynccontextmanager
    async def open_cell(settings=""):
        async with opened(f"cell {settings}") as app:
            await app.until(lambda: app.app.screen.panel.view is not None)
            yield app

    return open_cell


async def cursor(app, place):
    app.app.screen.panel.grid.move_to(Cell.parse(place))


async def test_a_step_is_walked_gate_by_gate_and_on_to_the_next(cell):
    async with cell("t=6") as app:
        await app.press("s")
        await app.until("t ▐7▌ of 7   i = σ(W_i·x + U_i·h(t-1) + b_i)")
        assert " f     ·" in app.text
        await app.press("s", "s", "s")
        await app.until("= f·C(t-1) + i·g\n")
        await app.press("s", "s", "s")
        await app.until("This is the last number of the last step.")
        await app.press("b", "b", "b", "b", "b", "b")
        await app.until("t ▐6▌ of 7   h = o·tanh(C)")


async def test_a_gate_is_held_by_an_edit_and_says_what_it_would_be(cell):
    async with cell("t=3 unit=1") as app:
        await cursor(app, "gates[1,4]")
        await app.press("e")
        await app.until("New value for f[3,1]")
        await app.press("1", "enter")
        await app.until("held at 1.0000; let go, it would be σ(−0.2399)")
        assert "set=f[3,1]:1" in app.text and "(0.44)" in app.text
        await cursor(app, "after[0,0]")
        await app.until("(untouched 0.4")
        await app.press("u")
        await app.until(lambda: "*" not in app.text)


async def test_the_states_that_a_step_begins_with_are_held_by_an_edit(cell):
    async with cell("t=3") as app:
        await cursor(app, "before[0,2]")
        await app.press("e")
        await app.until("New value for C_before[3,0]")
        await app.press("0", "enter")
        await app.until("C(t-1) = 0.0000, held as this step begins   (untouched 0.3880)")
        assert "set=C_before[3,0]:0" in app.text
        await app.press("w")
        await cursor(app, "h0[0,2]")
        await app.press("e")
        await app.until("New value for h_before[3,2]")
        await app.press("0", "enter")
        await app.until("h(t-1) of unit 2 = 0.0000, held as this step begins")
        await app.press("u", "u")
        await app.until(lambda: app.app.screen.panel.spec.set == "")


async def test_the_next_point_stays_as_it_is(cell):
    async with cell("t=3") as app:
        await cursor(app, "read-out[0,1]")
        await app.press("e")
        await app.until("target is the next point of the series, and stays.")


async def test_the_bias_behind_the_reset_gate_of_torchs_gru(cell):
    async with cell("cell=gru t=3") as app:
        await cursor(app, "gates[2,1]")
        await app.until("U_n·h(t-1) + c_n = ")
        await app.press("w")
        await cursor(app, "c0[1,0]")
        await app.until("Only the candidate n has a bias behind r")
        await cursor(app, "c0[2,0]")
        await app.until("the bias that r multiplies")
        await app.press("e")
        await app.until("New value for c_n[0]")
        await app.press("1", "enter")
        await app.until("c_n = 1.0000, the bias that r multiplies")


async def test_what_is_computed_cannot_be_set(cell):
    async with cell() as app:
        await cursor(app, "gates[0,3]")
        await app.press("e")
        await app.until("sum is computed; enter shows from what.")
        await app.press(*"-0.5", "n", "k", "u")  # a number typed blindly, and keys of the lab and of the program
        assert app.app.screen.sentence.endswith("gates, h(t-1) and C(t-1) can be edited.")
        await app.press("enter")
        await app.until("sum = 0.0000 + ")
        assert "t ▐0▌ of 7" in app.text and app.text.splitlines()[0].split() == ["lab", "cell", "cell"]
        await app.press("e", "escape", "full_stop")
        await app.until("t ▐1▌ of 7")


async def test_backwards_every_number_is_checked_by_autograd(cell):
    async with cell("t=3") as app:
        await app.press("v")
        await app.until("backwards   loss")
        await app.until("by hand and by autograd: largest difference")
        await app.press("s")
        await app.until("t ▐2▌")
        await cursor(app, "back[1,3]")
        await app.until("da_f = df·slope =")


async def test_weights_and_units(cell):
    async with cell("cell=gru hidden=12") as app:
        await app.press("minus")
        await app.until("unit 11 of 12")
        await app.press("w")
        await app.until("its weights")
        await cursor(app, "U8[1,2]")
        await app.until("U_z, from unit 10:")
        await app.press("e")
        await app.until("New value for U_z[11,10]")


@pytest.mark.parametrize(
    ("peephole", "place", "name"), [("full", "P0[1,2]", "P_f[0,2]"), ("diagonal", "P0[1,0]", "P_f[0]")]
)
async def test_peepholes_are_weights_too(cell, peephole, place, name):
    async with cell(f"peephole={peephole} t=2") as app:
        await app.press("w")
        await app.until("its weights")
        await cursor(app, place)
        await app.until(f"P_f·C(t-1), from unit {2 if peephole == 'full' else 0}:")
        await app.press("e")
        await app.until(f"New value for {name}")
        await app.press(*"0.5", "enter")
        await app.until(f"set={name}:0.5")
        await cursor(app, place.replace("[1", "[2"))
        await app.until("The candidate g has no peephole.")


async def test_a_gate_is_held_everywhere_by_one_key(cell):
    async with cell("t=3") as app:
        await app.press("k")
        await app.until("clamp=f:1")
        await app.press("k", "k", "k", "k")
        await app.until(lambda: "clamp" not in app.text)


async def test_fresh_weights_have_no_moments_and_a_trained_model_has(cell):
    async with cell() as app:
        assert "Moment" not in app.text
    keep("forecast hidden=4 length=6 batch=2", 20)
    async with cell("model=last t=2") as app:
        await app.until("[ ] Moment")
        await app.until(lambda: app.text.splitlines()[0].endswith("   after 20 steps"))
        await app.press("left_square_bracket")
        await app.until(lambda: "at=19" in app.text and app.text.splitlines()[0].endswith("   after 19 steps"))


async def test_the_moment_stays_readable_where_the_spelling_is_cut(opened):
    keep("forecast hidden=4 length=6 batch=2", 20)
    name = next(iter(runs_folder().iterdir())).name
    async with opened(f"gates model={name} length=20 first=100") as app:
        await app.until("…   after 20 steps\n")


async def test_a_model_takes_the_place_of_fresh_weights_with_their_settings(cell):
    keep("forecast hidden=4 length=6 batch=2", 5)
    async with cell("hidden=8 seed=3") as app:
        await app.until("unit 0 of 8")
        panel = app.app.screen.panel
        panel._take_settings(msgspec.structs.replace(panel.spec, model="last"))
        await app.until("unit 0 of 4")
        assert "hidden" not in app.text and "seed" not in app.text.splitlines()[0]
        panel._take_settings(msgspec.structs.replace(panel.spec, hidden=9))
        await app.until("hidden=9 is not allowed here: the network of model=last has hidden=4")


async def test_peepholes_are_cut_by_the_last_of_the_holds(cell):
    async with cell("peephole=full t=3") as app:
        await app.press(*"kkkkk")
        await app.until("clamp=peepholes:0")


async def test_keys_pressed_at_once_all_count(cell):
    async with cell("hidden=9") as app:
        await app.press(*["full_stop"] * 5, *["plus"] * 4)
        await app.until("unit 4 of 9   t ▐5▌ of 7")


async def test_what_a_hold_changes_is_in_sight_at_80x24(opened):
    async with opened(lesson=5) as app:
        await app.press(*"nnnnnn", "tab")
        await app.until("h = o·tanh(C)")
        await app.press("k")
        await app.until("clamp=f:1")
        await app.until(lambda: "*0.84" in app.text and "more" not in app.text)


async def test_what_is_not_computed_yet_cannot_be_edited(cell):
    async with cell("t=3") as app:
        await app.press("s")
        await app.until(" f     ·")
        await cursor(app, "gates[1,3]")
        await app.press("e")
        await app.until("This is not computed yet; s goes on.")
        await app.press("escape", "s")
        await app.until(" f  0.")


async def test_a_gate_that_cannot_be_is_refused_where_it_is_typed(cell):
    async with cell("t=3") as app:
        await cursor(app, "gates[1,4]")
        await app.press("e", *"7", "enter")
        await app.until("f is from 0 to 1")
        await app.press("escape", "s")
        await app.until("t ▐4▌ of 7")


async def test_after_a_refused_spec_the_lab_goes_on_with_what_it_had(cell):
    async with cell("t=3") as app:
        panel = app.app.screen.panel
        panel.open(msgspec.structs.replace(panel.spec, model="nonsense"))
        await app.until("there is no kept run 'nonsense'")
        assert panel.spec.model == "" and "nonsense" not in app.text.splitlines()[0]
        await app.press("full_stop")
        await app.until("t ▐4▌ of 7")


async def test_undo_takes_back_an_edit_and_a_hold_and_stays_where_it_is(cell):
    async with cell("t=3") as app:
        await cursor(app, "gates[1,4]")
        await app.press("e", *"1", "enter")
        await app.until("set=f[3,0]:1.0")
        await app.press("full_stop", "plus", "k")
        await app.until("clamp=f:1")
        await app.press("u")
        await app.until(lambda: "clamp" not in app.text and "set=f[3,0]:1.0" in app.text)
        await app.press("u")
        await app.until(lambda: "set=" not in app.text)
        assert "unit 1 of 3   t ▐4▌ of 7" in app.text


async def test_the_weights_of_a_layer_on_another_one(cell):
    keep("forecast hidden=12 layers=2 length=6 batch=2", 5)
    async with cell("model=last t=2 length=6") as app:
        await app.press("w")
        await app.until("W_i[0]·x = ")
        await cursor(app, "h8[0,3]")
        await app.until("h(t-1) of unit 11 = ")
        await app.press("e")
        await app.until("New value for h_before[2,11]")


async def test_the_gradients_of_the_weights_and_their_code(cell):
    async with cell("t=3") as app:
        await app.press("v", "w")
        await app.until("gradients of its weights")
        await cursor(app, "dU0[1,2]")
        await app.until("dU_f, this step's own term: da_f times h(t-1) of unit 2 = ")
        await app.press("s")
        await app.until("t ▐2▌ of 7   gradients")
        await app.press("c")
        await app.until("on the way back")


async def test_a_step_is_followed_on_a_trained_network_of_another_cell(cell):
    keep("forecast hidden=4 length=6 batch=2 cell=gru", 5)
    async with cell("model=last t=2 length=6") as app:
        await app.press("s", "s", "s", "s")
        await app.until("t ▐3▌ of 5   h = (1−z)")
        assert app.app.screen.panel.grid.cursor == Cell("after", 0, 0)


async def test_settings_keep_the_way_and_a_cell_without_gates_says_so(cell):
    async with cell("cell=gru t=3") as app:
        await app.press("v")
        await app.until("backwards")
        panel = app.app.screen.panel
        panel._take_settings(msgspec.structs.replace(panel.spec, reset="before"))
        await app.until(lambda: "reset=before" in app.text and "backwards" in app.text)
        panel._take_settings(msgspec.structs.replace(panel.spec, model="nonsense"))
        await app.until("there is no kept run")
        assert "backwards" in app.text
        panel._take_settings(msgspec.structs.replace(panel.spec, cell="rnn", reset="after"))
        await app.until("cell=rnn")
        await app.press("k")
        await app.until("This cell has no gate that could be held.")
        await app.press("u")
        await app.until("There is no edit to take back.")


async def test_the_cursor_keeps_its_gate_on_the_way_to_another_view_and_its_place_on_the_way_back(cell):
    async with cell("t=3") as app:
        grid = app.app.screen.panel.grid

        async def at(place, *keys):
            await app.press(*keys)
            assert str(grid.cursor) == place

        await cursor(app, "gates[1,1]")
        await at("U0[1,0]", "w")  # f hears the layer through these
        await at("U0[1,2]", "right", "right")
        await at("gates[1,1]", "w")
        await at("U0[1,2]", "w")
        await at("dU0[1,2]", "v")
        await app.until("s goes back to the step before.")
        await at("dU0[3,2]", "down", "down")
        await app.until("dU_o, this step's own term")
        await at("U0[1,2]", "v")
        await at("gates[2,1]", "w", "down")
        await at("U0[2,0]", "w")
        await at("back[2,3]", "w", "v")
        await app.until("s goes back to the step before.")
        await at("dU0[2,0]", "w")
        await cursor(app, "sent[4,0]")
        await at("back[2,3]", "w")
        await at("gates[2,1]", "v")
        await cursor(app, "after[0,0]")
        await at("states[1,1]", "v", "left")
        await at("states[1,2]", "right")
        await app.until("dC = own + carried = ")


@pytest.mark.parametrize("form", ["", "peephole=full", "peephole=diagonal", "cell=gru reset=before", "cell=rnn"])
@pytest.mark.parametrize(("columns", "more"), [(120, "hidden=9"), (120, "hidden=9 set=x[1]:-0.5"), (100, "")])
async def test_nothing_is_cut_off_beside_a_page(opened, form, columns, more):
    async with opened(lesson=5, size=(columns, 40)) as app:
        await app.press("n", "tab")
        await app.until("unit 0 of 3")
        app.app.screen.panel.open(parse(f"cell {form} t=3 {more}"))
        await app.until(form.split()[-1] if form else "said")
        for way, keys in (("sum", ""), ("U, from", "w"), ("of the states", "wv"), ("goes back", "w")):
            await app.press(*keys)
            await app.until(way)
            assert "›" not in app.text and "▏ unit 0 " in app.text


async def test_a_gate_is_tried_first_and_its_gradient_too(opened):
    async with opened("cell t=3") as app:
        app.app.screen.panel.open(parse("cell t=3"), CellShow(cursor="gates[1,4]"))
        await app.until("▐0.57▌")
        await app.press("t")
        await app.until("is hidden. What is it?")
        assert "0.57" not in app.text
        await app.press(*"0.29", "enter")
        await app.until("what comes out where the activation is left out.")
        assert "▐0.57▌" in app.text
        await app.press("v", "t")
        await app.until("df is hidden. What is it?")
        await app.press("escape", "right", "right", "t")
        await app.until("da_f is hidden. What is it?")
        d = app.app.screen_stack[-2].panel.view.now.gates[1].back.d
        await app.press(*f"{d:.6f}", "enter")
        await app.until("what comes out where the slope is left out.")
        await app.press("up", "up", "t")
        await app.until("dC to t-1 is hidden. What is it?")
        await app.press("escape", "left", "t")
        await app.until("dC total is hidden. What is it?")
        own = app.app.screen_stack[-2].panel.view.now.dC_own
        await app.press(*f"{own:.6f}", "enter")
        await app.until("what was carried back of dC is left out")
        await app.press("left", "t")
        await app.until("t is for computed numbers")


@pytest.mark.parametrize("place", ["gates[1,0]", "gates[1,1]", "gates[1,2]", "gates[1,4]", "after[0,0]", "after[0,1]"])
async def test_every_computed_number_of_the_way_forwards_is_tried(opened, place):
    async with opened("cell peephole=full t=3", size=(120, 40)) as app:
        app.app.screen.panel.open(parse("cell peephole=full t=3"), CellShow(cursor=place))
        await app.until("▐")
        await app.press("t")
        await app.until("is hidden. What is it?")


async def test_every_key_of_the_lab_is_in_the_key_bar_at_80_columns_beside_a_page(opened):
    async with opened(lesson=5) as app:
        await app.press("n", "tab")
        await app.until("unit 0 of 3")
        await app.until("? Help")
        for key in ("t Try", "+ - Unit", "k Hold", "tab Page", "/ Find", "q Back", "n p Page"):
            assert key in app.text
