SELECT 1 FROM due WHERE fault_reason = 4 LIMIT 1;
