"""Files of `web`: papers that combine rooms."""
