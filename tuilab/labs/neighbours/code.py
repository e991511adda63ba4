"""What the neighbours lab computes as a few lines of numpy, with the learner's words and file."""

from tuilab.labs.neighbours.spec import Neighbours, NeighboursView, Source

_NEIGHBOURS = """\
word = words.index({word!r})
cosine = unit @ unit[word]
cosine[word] = -1  # the word itself is left out
for id in np.argsort(-cosine, kind="stable")[:{most}]:
    print(words[id], cosine[id])
"""
_SIMILARITY = """\
one, other = words.index({one!r}), words.index({other!r})
print("cosine", unit[one] @ unit[other])
"""
_ODD = """\
asked = {asked!r}
rows = unit[[words.index(word) for word in asked]]
mean = rows.mean(axis=0)
cosine = rows @ mean / np.linalg.norm(mean)
for word, each in zip(asked, cosine):
    print(word, each)
print("the odd one out:", asked[cosine.argmin()])
"""


def code(spec: Neighbours, view: NeighboursView) -> str:
    """A program that looks the same up and prints it; empty where nothing was asked."""
    if view.about == "nothing":
        return ""
    if view.about == "neighbours":
        asking = _NEIGHBOURS.format(word=view.asked[0], most=spec.most)
    elif view.about == "similarity":
        asking = _SIMILARITY.format(one=view.asked[0], other=view.asked[1])
    else:
        asking = _ODD.format(asked=view.asked)
    return loading(view.source) + asking


def loading(source: Source) -> str:
    """The lines that load words and unit rows, of a converted file or of a kept run."""
    rows = (
        'vectors = file["parameter.vectors"]\nunit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)'
        if source.kept_run
        else 'unit = file["unit"]  # rows of length one: a product of two is their cosine'
    )
    return f"""\
import numpy as np
from safetensors.numpy import load_file

# {source.about}: {source.words:,} words of {source.dimensions:,} numbers
file = load_file({source.file!r})
words = bytes(file["words"]).decode().split("\\n")
{rows}

"""
