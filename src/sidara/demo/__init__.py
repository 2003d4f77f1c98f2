"""A working SIDARA on embedded defaults, loaded only through services.

In: the register, and published files when a folder has them. Out: a home folder that is ready to
serve. What nobody has published is simulated, in data sets named `simulated:…`. On request the
villages of a few kecamatan (`content/submissions.yaml`) fill in all forms and their verifiers answer,
in `simulated:collection`; beside the server of a fresh demo those of this year.
"""
