SELECT ready_at FROM runs WHERE turn = $turn AND ready_at IS NOT NULL AND ready_at > -9223372036854775808 ORDER BY ready_at LIMIT 1;
