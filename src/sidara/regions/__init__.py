"""Areas, codes and their counts: the register of the land.

In: the register from a package. Out: regions by code or name, trees, counts beside the decree's, the
schematic hexagon map. Words: region, code, scheme, parent, decree.
"""
