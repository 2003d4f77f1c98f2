"""The board of leaders, and what stands behind it: four fields, three aims, priorities, efficiency."""
