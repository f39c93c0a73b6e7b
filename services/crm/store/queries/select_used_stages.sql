-- The stages of a pipeline in which open opportunities stand. An opportunity that moves there
-- meanwhile holds a share lock on the pipeline (share_pipeline), so none is missed. It must count
-- all, not only those that the caller sees.
SELECT stage FROM used_stages($1) AS stage ORDER BY stage
