"""What a newcomer got wrong in lesson 9, each written in three ways: the exercise, a part of its sentence, the code."""

from tests.exercises.right_word2vec import RIGHT

ONE_NOISE, ONE_DRAW = ("together", "Each pair has one noise word"), ("together", "by one draw")
PLAIN, CLASS, _, PURE, TORCH = RIGHT["together"]

FOUND = [
    (*ONE_NOISE, PLAIN.replace("np.random.rand(negatives)", "np.random.rand(1)")),
    (*ONE_NOISE, CLASS.replace("self.r.random(self.k)", "self.r.random(1)")),
    (*ONE_NOISE, TORCH.replace("negatives, True", "1, True")),
    (*ONE_DRAW, PLAIN.replace("np.random.rand(len(s))", "np.random.rand()")),
    (*ONE_DRAW, CLASS.replace("m.r.random(len(s))", "[m.r.random()] * len(s)")),
    (*ONE_DRAW, PURE.replace("[random.random() for _ in s]", "np.full(len(s), random.random())")),
]  # fmt: skip
