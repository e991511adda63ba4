"""The mathematics in torch: no files, no processes, no screens."""
