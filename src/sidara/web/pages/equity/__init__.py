"""The page of equity: how a figure is spread over villages and areas, what is known of poverty."""
