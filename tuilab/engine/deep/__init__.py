"""Networks deep in layers or in time, trained while the gradient of every layer or time step is measured."""
