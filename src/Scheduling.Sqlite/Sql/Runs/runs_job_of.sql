SELECT job_id FROM runs WHERE tenant = $tenant AND id = $id;
