"""Files of the room: its declarations."""
