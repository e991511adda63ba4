import msgspec
import pytest

from tuilab.labs.cell.experiment import answer as cell_answer
from tuilab.labs.run import Diverged
from tuilab.labs.shapes.experiment import Training, answer
from tuilab.labs.shapes.inside import inside
from tuilab.labs.shapes.picture import is_wrong, picture
from tuilab.labs.shapes.plain import brief, told, why
from tuilab.labs.shapes.spec import ShapesView
from tuilab.labs.shapes.told import of_step, worst_step
from tuilab.labs.spelling import SpellingError, parse, spell
from tuilab.labs.unroll.experiment import answer as unroll_answer
from tuilab.records.folders import runs_folder
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept

FORMS = ("seq2seq", "seq2vec", "vec2seq", "encdec")
SMALL = "hidden=6 batch=4 steps=30"


def trained(text: str, steps: int | None = None) -> Training:
    run = Training(parse(text))
    while run.step < (run.total if steps is None else steps):
        run.advance()
    return run


def keep(text: str, run) -> str:
    """Keep a run as the worker does; its name."""
    kept = Kept.begin(runs_folder(), text)
    kept.note(Measured(1, [0.0] * run.step, [0.0] * run.step, 1.0))
    kept.save(run.step, run.state())
    kept.close()
    return kept.name


@pytest.mark.parametrize("form", FORMS)
def test_a_kept_training_goes_on_as_if_it_had_never_stopped(form):
    text = f"shapes form={form} {SMALL}"
    whole, first = trained(text), trained(text, 21)
    kept = {name: array.copy() for name, array in first.state().items()}
    second = Training(parse(text))
    second.restore(21, kept)
    while second.step < second.total:
        second.advance()
    assert second.view() == whole.view() and [step for step, _ in whole.checks] == [20, 30]


@pytest.mark.parametrize("form", FORMS)
def test_the_view_survives_the_wire_and_says_where_inputs_outputs_and_losses_are(form):
    view = trained(f"shapes form={form} {SMALL}", 20).view()
    assert msgspec.json.decode(msgspec.json.encode(view), type=ShapesView) == view
    example = view.examples[0]
    given = [step.given is not None for step in example.steps]
    lost = [step.loss is not None for step in example.steps]
    count = 12 if form != "encdec" else 11
    assert given == [True] + [form != "vec2seq"] * (count - 1)
    assert lost == {"seq2vec": [False] * 11 + [True], "encdec": [False] * 5 + [True] * 6}.get(form, [True] * 12)
    losses = [step.loss for step in example.steps if step.loss is not None]
    assert example.loss == pytest.approx(sum(losses) / len(losses), rel=1e-5)
    assert [view.inputs[0], view.targets[0]] == [sum(given) if form != "encdec" else 5, sum(lost)]


def test_the_worst_come_first_and_wrong_ones_before_right_ones():
    for form in ("seq2seq", "encdec"):
        view = trained(f"shapes form={form} hidden=32 steps=250").view()
        rights = [each.right for each in view.worst]
        assert rights == sorted(rights)
        if form == "seq2seq":
            errors = [each.error for each in view.worst]
            assert errors == sorted(errors, reverse=True)
        assert view.wrong >= rights.count(False)


def test_an_input_of_ones_own():
    run = trained("shapes form=encdec " + SMALL)
    found = run.answer(parse("attempt own=Ab"))
    assert [step.given for step in found.steps[:3]] == ["a", "b", "."] and found.number == -1
    assert [step.target for step in found.steps[2:]] == ["b", "a", "."]
    assert [step.given for step in found.steps[3:]] == [step.said for step in found.steps[2:-1]]
    trend = trained("shapes form=seq2vec " + SMALL).answer(parse("attempt own='0 1 2 1'"))
    assert trend.right is None and trend.steps[-1].said in ("rises", "falls", "turns") and trend.loss is None
    wave = trained("shapes form=vec2seq " + SMALL).answer(parse("attempt own=2"))
    assert wave.steps[3].target == pytest.approx(0, abs=1e-6) and len(wave.steps) == 12
    series = trained("shapes " + SMALL).answer(parse("attempt own='0,0.1,0.2,0.3,0.4'"))
    assert [step.target for step in series.steps] == pytest.approx([0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize(
    ("form", "own", "said"),
    [
        ("encdec", "don't", "is no word of 2 to 40 letters from a to z"),
        ("encdec", "a", "is no word of 2 to 40 letters"),
        ("seq2seq", "1 2 3", "has 3 numbers; seq2seq takes 5 to 40 numbers"),
        ("seq2vec", "1 two", "'two' is not a number"),
        ("vec2seq", "1 2", "takes one number"),
        ("seq2vec", "1 200", "200 is too large"),
        ("seq2vec", "", "has 0 numbers"),
        ("seq2seq", "0 0 0 nan 0", "is not a number"),
    ],
)
def test_what_cannot_be_put_in_is_refused_in_a_sentence(form, own, said):
    with pytest.raises(ValueError, match=said):
        Training(parse(f"shapes form={form}")).answer(
            parse(f"attempt own={own!r}" if "'" not in own else f'attempt own="{own}"')
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shapes wave=triangle", "wave=triangle is for form=vec2seq"),
        ("shapes form=encdec noise=0.5", "noise=0.5 is for form=seq2vec"),
        ("shapes length=3", "length=3 is too short for form=seq2seq; take 5 or more"),
        ("shapes form=many", "form is one of seq2seq, seq2vec, vec2seq, encdec"),
        ("shapes length=41", "length is a whole number from 0 to 40"),
        ("cell example=3", "example=3 is for a model that the shapes lab has trained"),
        ("cell part=decoder", "part=decoder is for a model"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_in_a_sentence(text, said):
    with pytest.raises(SpellingError, match=said):
        parse(text)


def test_a_learning_rate_that_explodes_is_said_and_the_step_not_taken():
    run = Training(parse("shapes lr=10 clip=0 hidden=8"))
    run.network.readout.weight.data.fill_(1e30)
    with pytest.raises(Diverged, match="Training stopped after step 0: the loss became inf"):
        run.advance()
    assert run.step == 0


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("form", FORMS)
def test_the_cell_lab_has_the_very_example_at_the_very_step(form, cell):
    text = f"shapes form={form} cell={cell} batch=4 steps=30 hidden=9"
    run = trained(text)
    name = keep(text, run)
    example = run.view().worst[0]
    for t, step in enumerate(example.steps):
        trace = cell_answer(inside(run.spec, example, t, name, -1)[0])
        walk = trace.now
        assert walk.loss == pytest.approx(example.loss, rel=1e-4)
        assert trace.difference < 1e-9
        if step.said is None:
            assert walk.prediction is None and walk.dh_own == 0
        elif step.chance is None:
            assert walk.prediction == pytest.approx(step.said, abs=1e-4)
        else:
            assert walk.classes.likeliest == step.said
            assert max(walk.classes.chances) == pytest.approx(step.chance, abs=1e-4)
        if form == "encdec":
            assert (trace.part, trace.reads) == (step.part, step.given)
    assert f"held-out example {example.number}" in trace.about


@pytest.mark.parametrize("form", ["seq2seq", "seq2vec", "vec2seq"])
def test_the_unroll_lab_has_all_of_a_small_rnn_on_the_very_example(form):
    text = f"shapes form={form} cell=rnn {SMALL}"
    run = trained(text)
    name, example = keep(text, run), run.view().worst[0]
    spec, show = inside(run.spec, example, 4, name, -1)
    assert (spec.kind, show.step) == ("unroll", 4)
    unrolled = unroll_answer(parse(spell(spec)))
    looked = cell_answer(parse(f"cell model={name} example={example.number} length=12 t=4")).now
    assert unrolled.steps[4].Y[0] == pytest.approx(looked.h_all, abs=1e-6)
    assert unrolled.steps[4].X[0] == pytest.approx(looked.x, abs=1e-6)
    assert unrolled.steps[4].XWx[0][0] == pytest.approx(looked.gates[0].Wx, abs=1e-6)


def test_what_the_unroll_lab_cannot_show_of_a_network_is_refused():
    run = trained("shapes cell=rnn " + SMALL)
    name = keep("shapes cell=rnn " + SMALL, run)
    with pytest.raises(ValueError, match=r"unroll: neurons=3 inputs=1 is not allowed here: .* has neurons=6 inputs=1"):
        unroll_answer(parse(f"unroll model={name} inputs=1 batch=1 steps=12"))
    with pytest.raises(ValueError, match=r"unroll: .*steps=2 is not allowed: .* 12 time steps; take steps=12"):
        unroll_answer(parse(f"unroll model={name} neurons=6 inputs=1 batch=1"))
    gates = keep("shapes " + SMALL, trained("shapes " + SMALL))
    with pytest.raises(ValueError, match=f"has cell=gru; this lab unrolls the simple one.* cell model={gates}"):
        unroll_answer(parse(f"unroll model={gates} neurons=6 inputs=1 batch=1 steps=12"))
    for wrong in ("batch=1 data=words", "batch=3", "batch=1 seed=7"):
        with pytest.raises(SpellingError, match="does not go with a model"):
            parse(f"unroll model=last {wrong}")
    with pytest.raises(SpellingError, match="own=1,2 is of a model; name one"):
        parse("unroll own=1,2")


def test_the_encoder_hands_its_last_state_to_the_decoder_and_gets_the_gradient_back():
    run = trained("shapes form=encdec " + SMALL)
    name, example = keep("shapes form=encdec " + SMALL, run), run.view().examples[1]
    first = cell_answer(inside(run.spec, example, 5, name, -1)[0]).now
    last = cell_answer(inside(run.spec, example, 4, name, -1)[0]).now
    assert first.h_before == pytest.approx(last.h_all)
    assert last.dh_carried == pytest.approx(first.dh_before) and last.dh_own == 0 and last.dh_carried != 0


def test_an_own_word_can_be_stepped_into_and_wrong_settings_are_refused():
    run = trained("shapes form=encdec " + SMALL)
    name = keep("shapes form=encdec " + SMALL, run)
    example = run.answer(parse("attempt own=plum"))
    spec, _ = inside(run.spec, example, 6, name, -1)
    assert (spec.own, spec.part, spec.length, spec.t) == ("plum", "decoder", 5, 2)
    assert "'plum', its decoder" in cell_answer(parse(spell(spec))).about
    with pytest.raises(ValueError, match="length=9 is not allowed: the example has 5 time steps; take length=5"):
        cell_answer(msgspec.structs.replace(spec, length=9))
    with pytest.raises(ValueError, match="is no word"):
        cell_answer(msgspec.structs.replace(spec, own="pl um"))
    with pytest.raises(ValueError, match="hidden=4 is not allowed here"):
        cell_answer(msgspec.structs.replace(spec, hidden=4))
    forecast = keep("forecast hidden=4 steps=3 length=8", _forecast("forecast hidden=4 steps=3 length=8"))
    with pytest.raises(
        ValueError, match=r"own=plum is for a model that the shapes lab has trained; model=.* is a forec"
    ):
        cell_answer(parse(f"cell model={forecast} own=plum"))
    series = keep("shapes " + SMALL, trained("shapes " + SMALL))
    with pytest.raises(ValueError, match="part=decoder is for form=encdec"):
        cell_answer(parse(f"cell model={series} length=12 part=decoder"))


def _forecast(text):
    from tuilab.labs.forecast.experiment import Training as Forecasting

    run = Forecasting(parse(text))
    run.advance()
    return run


def test_the_picture_has_a_box_for_each_step_and_arrows_where_something_flows():
    rows = picture(answer(parse("shapes form=vec2seq")).examples[0], 2, 78)
    assert rows[4].count("▲") == 12 and rows[6].count("▲") == 1 and rows[5].count("▶") == 11 and "▐2▌" in rows[0]
    rows = picture(answer(parse("shapes form=seq2vec")).examples[0], 11, 78)
    assert rows[4].count("▲") == 1 and rows[6].count("▲") == 12 and max(map(len, rows)) <= 78
    rows = picture(answer(parse("shapes form=encdec")).examples[0], 0, 78)
    assert rows[0].split("─")[0].split() == ["encoder"] and rows[6].count("║") == 7
    assert rows[5].count("▲") == 6 and rows[7].count("▲") == 11


def test_what_is_wrong_has_its_mark_right_behind_it():
    def said(spelled):
        example = answer(parse(spelled)).examples[0]
        return next(row for row in picture(example, 0, 78) if row.startswith("said")), example.steps

    row, steps = said("shapes form=vec2seq")
    words = row.replace("−", " −").split()[1:]
    assert len(words) == 12 and len({word[-1] == "✗" for word in words}) == 2
    assert [word[-1] == "✗" for word in words] == [is_wrong(step) for step in steps]
    assert said("shapes form=seq2vec")[0].endswith(" turns✗")
    assert said("shapes form=encdec")[0].endswith("  l✗    n✗    n✗")


def test_a_picture_without_room_shows_the_marked_step_and_where_it_is_cut():
    example = answer(parse("shapes length=40")).examples[0]
    for at in (0, 17, 39):
        rows = picture(example, at, 50)
        assert f"▐{at}▌" in rows[0] and max(map(len, rows)) <= 50
        assert rows[5].startswith("…") == (at > 0) and rows[5].endswith("…") == (at < 39)


def test_what_is_said_of_a_step_is_its_arithmetic():
    view = trained("shapes " + SMALL, 20).view()
    step = view.examples[0].steps[4]
    said, target = float(f"{step.said:.4f}"), float(f"{step.target:.4f}")
    assert (said - target) ** 2 == pytest.approx(step.loss, abs=2e-3)
    assert f"{step.said:.4f}".replace("-", "−") in of_step(view.examples[0], 4)
    word = trained("shapes form=encdec " + SMALL, 20).view().worst[0]
    assert "nothing is said" in of_step(word, 0) and "the begin sign goes in" in of_step(word, 5)
    t = worst_step(word, 0)
    assert word.steps[t].said != word.steps[t].target and f"{word.steps[t].loss:.3g}" in of_step(word, t)


def test_plain_mode_tells_the_worst_example_step_by_step():
    view = answer(parse("shapes form=encdec"))
    assert "right 0.0 %, 0 of 200: not yet at least 95 %" in told(view)
    assert [row["given"] for row in brief(view)["worst"]][5] == "." and brief(view)["worst"][0]["said"] == "-"
    assert "On 200 examples" in told(view)
    named = told(answer(parse("shapes form=seq2vec")))
    assert named.startswith("Sequence to vector: rising, falling or turning. On 200 examples")
    assert "nothing is said" in why(parse("shapes form=encdec"), view, "3 t=0", None)
    with pytest.raises(ValueError, match=r"write why 3 t=11"):
        why(parse("shapes form=encdec"), view, "y", None)
