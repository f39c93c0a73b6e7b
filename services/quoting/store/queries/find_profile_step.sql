-- Whether an open approval of a quote is decided by a profile: only then directory is asked for the
-- caller's. Reads only.
SELECT EXISTS (SELECT FROM approval
               WHERE quote_id = $1 AND status = 'open' AND profile_id IS NOT NULL) AS found
