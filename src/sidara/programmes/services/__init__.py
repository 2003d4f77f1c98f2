"""Commands of the programmes: actor first, keyword-only, one transaction."""
