-- Keeps positions from being given until the end of the transaction that makes an endpoint listen.
SELECT position FROM feed_head FOR SHARE
