-- How a quote stands, before something is made of it. Reads only.
SELECT status FROM quote WHERE id = $1
