SELECT 1 FROM runs WHERE turn = $turn AND ready_at IS NOT NULL LIMIT 1;
