"""Pages about how far and how good the collection is: kokpit, award."""
