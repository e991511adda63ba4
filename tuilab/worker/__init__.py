"""The process boundary: the messages, the host on the worker's side, the client on the UI's side."""
