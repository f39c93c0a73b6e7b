-- The contract is locked.
UPDATE performance_obligation AS o
SET voided_minor = t.voided_minor, unserved_minor = t.unserved_minor,
    credited_minor = t.credited_minor, price_minor = t.price_minor,
    allocated_minor = t.allocated_minor, start_on = t.start_on, end_on = t.end_on,
    agreed_end_on = t.agreed_end_on, schedule_revision = t.schedule_revision,
    revision = o.revision + 1
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
            $7::date[], $8::date[], $9::date[], $10::bigint[])
  AS t (id, voided_minor, unserved_minor, credited_minor, price_minor, allocated_minor, start_on,
        end_on, agreed_end_on, schedule_revision)
WHERE o.id = t.id
