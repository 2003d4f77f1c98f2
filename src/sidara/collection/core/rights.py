"""The rights that `collection` asks for, as roles name them."""

READ, READ_OPEN = "collection.read", "collection.read_open"
"""Read what is filled in; read data sets that are open."""
FILL, BRING = "collection.fill", "collection.bring"
"""Fill in oneself; bring in what a named other person filled in."""
PROPOSE_REDACTION, REDACT = "collection.propose_redaction", "collection.redact"
"""Ask that personal data be taken out; take them out as the second person."""
