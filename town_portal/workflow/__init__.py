"""流转: moves between states; the one place where a state changes."""
