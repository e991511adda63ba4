"""Word2vec's two models, as the specs of several labs spell them."""

from typing import Annotated, Literal

from msgspec import Meta

ModelName = Annotated[
    Literal["skipgram", "cbow"], Meta(description="the target predicts its context, or the context predicts the target")
]
MODELS = {"skipgram": "skip-gram", "cbow": "CBOW"}
"""As they are written."""
