-- Beside a new endpoint, in its transaction.
INSERT INTO webhook_endpoint_state (endpoint_id) VALUES ($1)
