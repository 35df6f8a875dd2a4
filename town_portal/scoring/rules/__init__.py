"""Pure decisions of the room: what a scheme says, what it makes of counted facts, who stands where."""
