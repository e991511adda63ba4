"""One unit of a recurrent cell, every number of a time step: forwards gate by gate, and backwards."""
