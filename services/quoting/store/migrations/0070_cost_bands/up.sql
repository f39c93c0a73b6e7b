-- What is bought for a line, each element at the cost of the line's quantity.
CREATE FUNCTION purchasing_at(purchasing jsonb, quantity numeric) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN purchasing @? '$[*].cost_bands[*]' THEN (
    SELECT jsonb_agg(element || coalesce((
        SELECT jsonb_build_object('unit_cost', band -> 'unit_cost')
        FROM jsonb_array_elements(element -> 'cost_bands') AS band
        WHERE (band ->> 'from')::numeric <= quantity
        ORDER BY (band ->> 'from')::numeric DESC LIMIT 1), '{}') ORDER BY nth)
    FROM jsonb_array_elements(purchasing) WITH ORDINALITY AS e (element, nth))
  ELSE purchasing END
$$;
