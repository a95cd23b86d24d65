#!/usr/bin/env bash
# Runs the quickstart for a minute with a tenth of a processor and 128 MB: it starts, runs and stops gracefully. Needs root and cgroups (version 1: as in many containers; else give it a container of that size).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build samples/Quickstart -c Release -v quiet -clp:NoSummary
program=$(find samples/Quickstart/bin/Release -name Quickstart.dll | head -n 1)
groups=/sys/fs/cgroup
name=scheduling-$$
mkdir "$groups/cpu/$name" "$groups/memory/$name"
trap 'sleep 1; rmdir "$groups/cpu/$name" "$groups/memory/$name"' EXIT
echo 100000 >"$groups/cpu/$name/cpu.cfs_period_us"
echo 10000 >"$groups/cpu/$name/cpu.cfs_quota_us"
echo $((128 * 1024 * 1024)) >"$groups/memory/$name/memory.limit_in_bytes"
(
    echo "$BASHPID" >"$groups/cpu/$name/cgroup.procs"
    echo "$BASHPID" >"$groups/memory/$name/cgroup.procs"
    exec dotnet "$program" --for 60s --speed 60 --store memory
) | tail -n 1
echo "at most $(($(cat "$groups/memory/$name/memory.max_usage_in_bytes") / 1024 / 1024)) MB"
