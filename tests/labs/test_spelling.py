import random
import string
from typing import Any, get_args

import pytest
from msgspec import inspect

from tests.labs.refusals import refusal
from tuilab.labs import catalogue
from tuilab.labs.spec import Field, Spec, fields
from tuilab.labs.spelling import SpellingError, build, parse, spell

KINDS = catalogue.kinds()
TEXTS = {
    "set": ["", "b[0,0]:0.5", "Wx[0,0]:-1.25,b[0,0]:1e-05,X[0,0,0]:2", "v[3,1,0]:0.5"],
    "sequence": ["1,2", "-1.5,2,3e-3", "1, 2, 3"],
    "unseen": ["5,6,7"],
    "sentence": ["a b", "Hi, how are you?", "it's 'quoted' = \"so\""],
    "words": ["dog,bone:3,the:10,chews", "the:5,dog:2,chews:1,bone:1,sun"],
    "target": ["", "dog", "bone"],
    "context": ["", "bone", "The"],
    "noise": ["", "the", "dog,the,dog"],
    "switched": ["", "3:activation=relu", "1:clip=0.5,2:lr=0.01,2:init=he"],
    "ago": ["5", "50,10", "1,2,3,4,300"],
    "corpus": ["language", "pydoc", "text8", "~/my texts/a book.txt"],
    "groups": ["known", "none", "king,queen;walk, walked"],
    "watch": ["", "king", "king, walked,KeyError"],
    "model": ["", "last", "20261123-173015.111656-forecast"],
    "word": ["", "king", "king queen", "it's", 'a "word"'],
    "vectors": ["last", "my vectors/glove.txt"],
    "of": ["king - man + woman", "a−b", "- well-known"],
    "pairs": ["", "male-female", "man:woman king:queen"],
    "branch": ["", "20261123-173015.111656-forecast@400"],
    "own": ["", "0.5,1,-0.87", "wuks"],
    "parts": ["1:1,3:0.5", "2:1"],
    "data": [""],  # with data it is another class, which tests/labs/test_forecast_data.py has
}


def value_of(field: Field, rng: random.Random) -> Any:
    if field.choices:
        return rng.choice(field.choices)
    if field.name in TEXTS and not field.is_number:
        return rng.choice(TEXTS[field.name])
    limits = inspect.type_info(field.type)
    limits = limits.type if isinstance(limits, inspect.Metadata) else limits
    if isinstance(limits, inspect.IntType):
        assert limits.ge is not None and limits.le is not None
        return rng.choice([limits.ge, limits.le, rng.randint(limits.ge, limits.le)])
    assert isinstance(limits, inspect.FloatType) and limits.le is not None
    low = limits.ge if limits.ge is not None else 1e-9
    anything = rng.uniform(low, limits.le)
    return rng.choice([float(limits.le), anything, round(anything, 3) or 0.5])


def random_spec(kind: str, rng: random.Random) -> Spec | None:
    spec = catalogue.spec_of(kind)
    assert spec is not None
    chosen = [field for field in fields(spec) if rng.random() < 0.5]
    try:
        return spec(**{field.name: value_of(field, rng) for field in chosen})
    except ValueError:
        return None  # fields that do not go together


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_spelled_can_be_read(kind: str) -> None:
    rng = random.Random(kind)
    specs = [spec for _ in range(1000) if (spec := random_spec(kind, rng)) is not None]
    assert len(specs) > 50
    for spec in specs:
        assert parse(spell(spec)) == spec
        assert spell(parse(spell(spec))) == spell(spec)


@pytest.mark.parametrize("kind", KINDS)
def test_settings_left_out_take_their_defaults_and_are_not_spelled(kind: str) -> None:
    spec = parse(kind)
    assert spell(spec) == kind
    assert all(getattr(spec, field.name) == field.default for field in fields(type(spec)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_says_what_it_is_and_what_it_allows(kind: str) -> None:
    spec = catalogue.spec_of(kind)
    assert spec is not None
    for field in fields(spec):
        assert field.help and field.allowed and field.name in spec.__struct_fields__
        assert field.parse(field.spell(field.default)) == field.default
        assert bool(field.choices) == (len(get_args(get_args(field.type)[0])) > 0)


def test_fields_of_the_forecast() -> None:
    found = {field.name: field for field in fields(type(parse("forecast")))}
    assert found["hidden"].allowed == "a whole number from 1 to 512"
    assert found["lr"].allowed == "a number above 0, up to 10"
    assert found["steps"].allowed == "a whole number from 1 to 1,000,000"
    assert found["cell"].allowed == "one of rnn, lstm, gru"
    assert found["cell"].choices == ("rnn", "lstm", "gru")
    assert found["seed"].is_number and not found["cell"].is_number


REFUSED = {
    "": f"No experiment was named. There are: {', '.join(KINDS)}.",
    "  ": f"No experiment was named. There are: {', '.join(KINDS)}.",
    "'unroll": '"\'unroll" has a quotation mark that is not closed.',
    "frocast": f"There is no experiment 'frocast'. There are: {', '.join(KINDS)}.",
    "unroll fast": "unroll: 'fast' is not a setting; write settings as name=value.",
    "unroll speed=1": "unroll: there is no field 'speed'. "
    "There are: data, neurons, inputs, batch, steps, order, seed, set, model, at, example, own.",
    "forecast hidden=0": "forecast: hidden=0 is not allowed: hidden is a whole number from 1 to 512.",
    "forecast hidden=": "forecast: hidden= is not allowed: hidden is a whole number from 1 to 512.",
    "forecast hidden=1_0": "forecast: hidden=1_0 is not allowed: hidden is a whole number from 1 to 512.",
    "forecast hidden=3.5": "forecast: hidden=3.5 is not allowed: hidden is a whole number from 1 to 512.",
    "forecast lr=nan": "forecast: lr=nan is not allowed: lr is a number above 0, up to 10.",
    "forecast lr=0": "forecast: lr=0 is not allowed: lr is a number above 0, up to 10.",
    "forecast lr=inf": "forecast: lr=inf is not allowed: lr is a number above 0, up to 10.",
    "forecast cell=cnn": "forecast: cell=cnn is not allowed: cell is one of rnn, lstm, gru.",
    "forecast end=-1": "forecast: end=-1 is not after begin=0.",
    "forecast points=30": "forecast: points=30 is too few for windows of length=30 and the point after each; "
    "take points of at least 31.",
    "generate steps=-1": "generate: steps=-1 is not allowed: steps is a whole number from 0 to 2,000.",
    "unroll data=words batch=4": "unroll: batch=4 does not go with data=words, where batch is 2.",
    "unroll set=W[0,0]:1": "unroll: set: there is no W to set. There are: X, Wx, Wy, b.",
    "unroll set=b[1,0]:1": "unroll: set: b[1,0] is not a place of b; its places are [0 to 0, 0 to 2].",
    "unroll set=b[0]:1": "unroll: set: b[0] is not a place of b; its places are [0 to 0, 0 to 2].",
    "unroll set=b[0,0]=1": "unroll: set=b[0,0]=1 cannot be read at 'b[0,0]=1'; write edits as NAME[0,1]:0.5.",
    "unroll set=b[0,0]:x": "unroll: 'x' is not a number; write one like 0.5, -2 or 1e-3.",
    "unroll set=b[0,0]:1e7": "unroll: 1e7 cannot be set; a number here is between -1,000,000 and 1,000,000.",
    "neuron sequence=1": "neuron: sequence has 1 numbers; it takes 2 to 12, with commas between them.",
    "neuron sequence=1,,2": "neuron: sequence: No number is given; write one like 0.5, -2 or 1e-3.",
    "neuron unseen=1,inf": "neuron: unseen: 'inf' is not a number; write one like 0.5, -2 or 1e-3.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_in_one_sentence(text: str) -> None:
    assert refusal(text) == REFUSED[text]


def test_a_value_out_of_bounds_is_refused_for_every_number() -> None:
    for kind in KINDS:
        spec = catalogue.spec_of(kind)
        assert spec is not None
        for field in fields(spec):
            if field.is_number:
                for text in ("-9999999999", "9999999999", "x", "", "9" * 5000):
                    with pytest.raises(SpellingError, match=field.name):
                        build(spec, {field.name: text})


@pytest.mark.parametrize("seed", range(5))
def test_nonsense_is_refused_and_nothing_else(seed: int) -> None:
    rng = random.Random(seed)
    signs = string.printable + "é−π\x00\u2028"
    for _ in range(300):
        text = rng.choice(KINDS) + " " + "".join(rng.choice(signs) for _ in range(rng.randint(1, 12)))
        try:
            spec = parse(text)
        except SpellingError:
            continue
        assert parse(spell(spec)) == spec
