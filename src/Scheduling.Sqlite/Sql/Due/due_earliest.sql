SELECT due_at FROM due WHERE turn = $turn AND due_at > -9223372036854775808 ORDER BY due_at LIMIT 1;
