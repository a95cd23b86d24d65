SELECT count(*) FROM due WHERE fault_reason = 4 AND deleted = 0;
