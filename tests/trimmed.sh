#!/usr/bin/env bash
# Publishes the quickstart trimmed and self-contained, and runs it for some seconds: no warning of the trimmer, and the summary at the end. Takes a minute or two and is no part of test.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet publish samples/Quickstart -c Release -r "$(dotnet --info | sed -n 's/^ *RID: *//p')" --self-contained -p:PublishTrimmed=true -p:TrimmerSingleWarn=false -warnaserror -v quiet -o "$out"
du -sh "$out" | cut -f1
(cd samples/Quickstart && DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$out/Quickstart" --for 10s --store memory) | tee "$out/log" | tail -n 1
tail -n 1 "$out/log" | grep -qE '^[1-9][0-9]* runs: [1-9][0-9]* succeeded, '
