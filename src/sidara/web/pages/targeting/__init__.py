"""Pages of *Sasaran*: villages by need, what closes a gap, what a ceiling buys best."""
