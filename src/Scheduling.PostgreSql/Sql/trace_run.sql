-- Notes the trace in which a run was asked for: apart from adding it, because few have one. $1 job  $2 execution  $3 traceparent
update {schema}.runs set trace_parent = $3 where job_id = $1 and run_id = $2;
