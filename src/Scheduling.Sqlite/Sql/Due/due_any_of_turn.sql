SELECT 1 FROM due WHERE turn = $turn LIMIT 1;
