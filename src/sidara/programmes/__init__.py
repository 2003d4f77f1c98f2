"""What is done about a gap: plans of all governments, activities in villages, and whether they pull one way.

In: gaps and indices, proposals and registers of `collection`, plan tables of governments. Out: plans, goals,
activities, target lists, findings of the alignment. Words: plan, goal, plan line, activity, activity kind,
proposal (usulan), nomenclature, alignment.
"""
