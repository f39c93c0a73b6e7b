-- When parts of a line's quantity are to be handed over: [{"on": "2026-05-01", "quantity": "30"}].

ALTER TABLE quote_line ADD deliveries jsonb NOT NULL DEFAULT '[]';
ALTER TABLE order_line ADD deliveries jsonb NOT NULL DEFAULT '[]';
