"""Files of the room: the definition of an index in YAML."""
