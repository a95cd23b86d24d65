-- A row that has grown goes to those that were written last.
UPDATE executions SET rowid = (SELECT max(rowid) + 1 FROM executions) WHERE rowid = $rowid;
