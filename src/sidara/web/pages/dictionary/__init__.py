"""Pages of the dictionary: elements, forms, the map of what feeds what, Satu Data; plain values only."""
