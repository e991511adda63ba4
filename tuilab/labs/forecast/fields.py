"""What the settings of a forecast allow, whatever its series is."""

from typing import Annotated, Literal

from msgspec import Meta

Hidden = Annotated[int, Meta(ge=1, le=512, description="hidden size, units in each layer")]
Layers = Annotated[int, Meta(ge=1, le=4, description="recurrent layers, stacked")]
Batch = Annotated[int, Meta(ge=1, le=256, description="windows in a batch")]
Rate = Annotated[float, Meta(gt=0, le=10, description="learning rate")]
Decay = Annotated[Literal["linear", "no"], Meta(description="what becomes of lr: it falls to 0 step by step, or stays")]
Noise = Annotated[float, Meta(ge=0, le=10, description="noise on the inputs in training, in deviations")]
Optimiser = Annotated[Literal["adam", "sgd", "rmsprop"], Meta(description="how the weights are moved")]
Clip = Annotated[float, Meta(ge=0, le=1000, description="largest gradient norm; 0 does not clip")]
Steps = Annotated[int, Meta(ge=1, le=1_000_000, description="training steps")]
Seed = Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of weights and batches")]
Engine = Annotated[Literal["tuilab", "torch"], Meta(description="what trains: our cells, or torch's own")]
Device = Annotated[Literal["cpu", "auto"], Meta(description="auto takes a GPU where there is one")]
_SERIES = {"allowed": "milk, the path of a CSV file, or nothing for sin(x)", "everywhere": ("", "milk")}
Data = Annotated[str, Meta(max_length=500, description="a series of one's own", extra=_SERIES)]
