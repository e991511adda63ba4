"""Every gate and state of a layer over a window: units by time steps."""
