"""What can be asked of the activations lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.spec import LabSpec

FUNCTIONS = ("sigmoid", "tanh", "relu", "leaky", "elu")
TITLES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "leaky": "leaky ReLU", "elu": "ELU"}
PARAMETERS = {"leaky": "negative", "elu": "alpha"}
"""The field that bends a function below nought."""
SPAN = 8  # the axis goes so far to either side


class Activations(LabSpec, frozen=True, kw_only=True):
    """An activation function and its slope, another one beside it, and the product of slopes through layers."""

    kind = "activations"

    function: Annotated[
        Literal["sigmoid", "tanh", "relu", "leaky", "elu"], Meta(description="the activation function")
    ] = "sigmoid"
    beside: Annotated[
        Literal["none", "sigmoid", "tanh", "relu", "leaky", "elu"], Meta(description="another one, to compare")
    ] = "none"
    x: Annotated[float, Meta(ge=-SPAN, le=SPAN, description="where the cursor is")] = 1.0
    layers: Annotated[int, Meta(ge=1, le=50, description="layers of the stack, each the function alone")] = 10
    negative: Annotated[float, Meta(ge=0, le=1, description="slope of the leaky ReLU below nought")] = 0.01
    alpha: Annotated[float, Meta(ge=0, le=5, description="alpha of the ELU, which goes down to -alpha")] = 1.0

    @property
    def shown(self) -> tuple[str, ...]:
        """The functions on the screen."""
        return (self.function,) if self.beside in ("none", self.function) else (self.function, self.beside)


class Layer(msgspec.Struct, frozen=True):
    """A layer of the stack: what goes in, the slope there, the product of the slopes up to and with it."""

    x: float
    slope: float
    product: float


class Curve(msgspec.Struct, frozen=True):
    """A function along the axis, and at the cursor.

    It is saturated where its slope is below a hundredth of its `largest`: below the one edge, above the other; None
    where there is no such place. `product` is that of the slopes through the layers, `at_most` what it is where each
    layer has the largest slope.
    """

    function: str
    values: list[float]
    slopes: list[float]
    value: float
    slope: float
    largest: float
    saturated: bool
    saturated_below: float | None
    saturated_above: float | None
    layers: list[Layer]
    product: float
    at_most: float


class ActivationsTrace(msgspec.Struct, frozen=True):
    """One curve for each function that is shown; `xs` are the places along the axis."""

    xs: list[float]
    curves: list[Curve]


LAB = Lab(spec=Activations, answer=ActivationsTrace)
