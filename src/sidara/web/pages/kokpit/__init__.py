"""The kokpit: how far and how good the collection is, who is stuck where and why."""
