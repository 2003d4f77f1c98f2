"""Files of `verification`: minutes as PDF."""
