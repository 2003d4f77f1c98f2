"""What the board tells of an area: four fields, three aims, priorities, efficiency."""
