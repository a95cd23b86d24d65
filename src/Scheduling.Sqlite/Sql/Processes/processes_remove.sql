DELETE FROM processes WHERE owner = $owner;
