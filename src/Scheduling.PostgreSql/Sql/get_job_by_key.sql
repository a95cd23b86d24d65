-- One job as people see it. $1 tenant  $2 key
select d.job_id, {due_columns}, {job_columns}
from {schema}.jobs j join {schema}.due d on d.job_id = j.job_id
where j.tenant = $1 and j.key = $2 and j.deleted_at is null;
