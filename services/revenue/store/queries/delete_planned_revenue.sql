-- Obligations of a locked contract, about to be planned anew.
DELETE FROM planned_revenue WHERE performance_obligation_id = ANY ($1::uuid[])
