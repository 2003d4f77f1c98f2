"""Impor rencana: a file handed in, what each row would become, what a person chooses, and what came of it."""
