-- Writes what people changed of a locked job; its tenant and key never change.
-- $1 job  $2 tenant  $3 key  $4 version  $5 name  $6 description  $7 executor  $8 active  $9 definition  $10 payload  $11 anchor  $12 created  $13 updated  $14 change
update {schema}.jobs
set version = $4, name = $5, description = $6, executor = $7, active = $8, definition = $9, payload = $10, anchor = $11, created_at = $12, updated_at = $13, change_id = $14
where job_id = $1 and tenant = $2 and key = $3;
