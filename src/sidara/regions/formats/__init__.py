"""Foreign sources of the register, one file each, and the room's own content."""
