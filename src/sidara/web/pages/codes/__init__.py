"""Pages of codes and activity kinds: the search, one code, one kind; names stay as the lists have them."""
