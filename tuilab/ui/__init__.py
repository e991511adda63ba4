"""The program on the screen: app, screens, themes, keys, and the output stage to the terminal."""
