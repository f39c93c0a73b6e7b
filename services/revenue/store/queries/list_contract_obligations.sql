-- The contract is locked.
SELECT id, order_line_id, rule, sold_minor, ssp_minor, voided_minor, unserved_minor, credited_minor,
       price_minor, allocated_minor, start_on, end_on, agreed_end_on,
       schedule_revision
FROM performance_obligation WHERE revenue_contract_id = $1::uuid
ORDER BY position, id
