"""The disclosure work of a township, room by room. See README.md for the map of the house."""
