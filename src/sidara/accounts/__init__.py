"""People and rights: who may do what, where, in which sectors, from when to when.

In: people (name, function, log-in name) and grants (role x regions x sectors x days), log-ins, one-time
codes. Out: a `kernel.actor.Actor` for each request. Words: account, role, grant, hand_over, recover,
log-in, sheet. No room below imports this one; roles and their operations are content.
"""
