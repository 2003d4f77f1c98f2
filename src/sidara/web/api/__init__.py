"""`/api/v1`: the JSON doors of all rooms behind one front: who asks, how often, in which language, faults."""
