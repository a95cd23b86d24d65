SELECT kind, number FROM wakes ORDER BY kind;
