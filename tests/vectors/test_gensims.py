"""gensim's own files, where gensim is installed, and its programs' reading of ours."""

import numpy as np
import pytest

from tests.vectors.samples import WORDS, rows, text, write
from tuilab.vectors.errors import VectorError
from tuilab.vectors.open import convert_file, open_vectors
from tuilab.vectors.save import save

gensim_models = pytest.importorskip("gensim.models", reason="gensim is an extra")


def keyed():
    made = gensim_models.KeyedVectors(5)
    made.add_vectors(WORDS, rows())
    return made


@pytest.mark.parametrize("apart", [False, True])
def test_keyed_vectors_that_are_trusted(apart, tmp_path) -> None:
    path = tmp_path / "small.kv"
    keyed().save(str(path), **({"sep_limit": 1} if apart else {}))
    report = convert_file(path, trusted=True)
    assert (report.words, report.dimensions) == (7, 5)
    vectors = open_vectors("small")
    assert list(vectors.words) == WORDS and np.allclose(vectors.rows(0, 7), rows(), rtol=1e-6)


def test_a_whole_model(tmp_path) -> None:
    model = gensim_models.Word2Vec([["a", "b", "c"]] * 20, vector_size=4, min_count=1, workers=1, epochs=1)
    path = tmp_path / "small.model"
    model.save(str(path))
    convert_file(path, trusted=True)
    vectors = open_vectors("small")
    assert list(vectors.words) == model.wv.index_to_key
    assert np.allclose(vectors.rows(0, 3), model.wv.vectors, rtol=1e-6)


def test_a_pickle_of_something_else(tmp_path) -> None:
    import pickle

    (tmp_path / "list.kv").write_bytes(pickle.dumps([1, 2]))
    with pytest.raises(VectorError, match=r"gensim cannot open list\.kv as vectors"):
        convert_file(tmp_path / "list.kv", trusted=True)


@pytest.mark.parametrize("form", ["word2vec", "binary", "glove"])
def test_gensim_reads_what_is_saved(form, tmp_path) -> None:
    keyed().save_word2vec_format(str(tmp_path / "from.txt"))
    vectors = open_vectors(str(tmp_path / "from.txt"))
    save(tmp_path / "ours", vectors, form)
    read = gensim_models.KeyedVectors.load_word2vec_format(
        str(tmp_path / "ours"), binary=form == "binary", no_header=form == "glove"
    )
    assert read.index_to_key == WORDS and np.allclose(read.vectors, rows(), rtol=1e-5)


def test_gensim_loads_its_own_that_we_saved_and_finds_the_same_neighbours(tmp_path) -> None:
    words = [f"word{n}" for n in range(3000)]  # more than two blocks
    write(tmp_path, text(words, rows(3000)), "from.txt")
    vectors = open_vectors(str(tmp_path / "from.txt"))
    save(tmp_path / "ours.kv", vectors, "gensim")
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["from.txt", "ours.kv"]
    read = gensim_models.KeyedVectors.load(str(tmp_path / "ours.kv"))
    assert read.index_to_key == words and np.allclose(read.vectors, rows(3000), rtol=1e-6)
    cosines = vectors.unit @ vectors.unit[2500]
    nearest = np.argsort(-cosines)[1:11]
    found = read.most_similar("word2500", topn=10)
    assert [word for word, _ in found] == [words[id] for id in nearest]
    assert np.allclose([cosine for _, cosine in found], cosines[nearest], atol=1e-5)
    read.add_vectors(["one more"], rows(1))  # it can be worked with
    assert convert_file(tmp_path / "ours.kv", trusted=True).words == 3000


def test_what_gensim_saves_in_word2vecs_formats(tmp_path) -> None:
    for binary in (False, True):
        path = tmp_path / f"g{binary}"
        keyed().save_word2vec_format(str(path), binary=binary)
        assert np.allclose(open_vectors(str(path)).rows(0, 7), rows(), rtol=1e-5)
