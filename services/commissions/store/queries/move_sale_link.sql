-- The row is locked by lock_sale_link. The revision that the step makes.
SELECT move_sale_link($1, $2, $3, $4, $5, $6, $7, $8::uuid[], $9::numeric[], $10::uuid[],
                      $11::int[]) AS revision
