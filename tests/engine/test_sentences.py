import torch

from tuilab.engine.sentences import one_hot, vocabulary

SENTENCES = [["a", "fox", "is"], ["a", "red", "fox"]]


def test_words_in_order_of_their_first_appearance() -> None:
    assert vocabulary(SENTENCES) == ["a", "fox", "is", "red"]


def test_one_hot_is_time_major_with_a_single_1_in_each_row() -> None:
    X = one_hot(SENTENCES, vocabulary(SENTENCES))
    assert X.shape == (3, 2, 4)
    assert torch.equal(X.sum(dim=2), torch.ones(3, 2))
    assert X.argmax(dim=2).tolist() == [[0, 0], [1, 3], [2, 1]]
