-- Keeps the stages as they are until the opportunity that names one is saved.
SELECT id FROM pipeline WHERE id = $1 FOR SHARE
