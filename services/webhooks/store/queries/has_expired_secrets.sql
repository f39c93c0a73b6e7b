-- Reads only, from the partial index.
SELECT EXISTS (SELECT FROM webhook_secret WHERE expires_at <= now() - interval '1 day') AS expired
