#!/usr/bin/env bash
# Builds everything, runs every test and ends with the line "N passed, N failed" (", N skipped" may follow).
# Exit code 0 only when tests ran and none failed. The whole log is in TestResults/test.log.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }

finish() { # passed failed skipped exit-code
    local line="$1 passed, $2 failed"
    [ "$3" -gt 0 ] && line+=", $3 skipped"
    printf '%s\n' "$line"
    exit "$4"
}

give_up() {
    say "$@"
    finish 0 0 0 1
}

require_sdk() {
    local wanted
    wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)
    command -v dotnet >/dev/null || give_up "The .NET SDK is missing: install version $wanted or a later 10.0 one (https://dot.net), and see that 'dotnet' is in PATH."
    dotnet --version >/dev/null 2>&1 || give_up "The .NET SDK $wanted or a later 10.0 one is needed. There is: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ' -)"
}

has_postgres() {
    { command -v initdb && command -v pg_ctl; } >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# The tests of the PostgreSQL store start a cluster of their own, in a temporary folder; here they only get the programs for it.
install_postgres() {
    has_postgres && return
    local root=()
    if ! command -v apt-get >/dev/null; then
        say "PostgreSQL is not installed, and this is no Debian: install its server programs (initdb, pg_ctl) yourself. Tests that need it will say so."
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            say "PostgreSQL is not installed: run this once as root or with sudo, or 'apt-get install postgresql' yourself. Tests that need it will say so."
            return
        fi
        root=(sudo -n)
    fi
    say "Installing PostgreSQL from Debian's packages ..."
    mkdir -p TestResults
    if ! { "${root[@]}" apt-get update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >TestResults/apt.log 2>&1; then
        say "PostgreSQL could not be installed (offline? see TestResults/apt.log). Tests that need it will say so."
    fi
}

build() {
    dotnet build Scheduling.sln -warnaserror -v quiet -clp:NoSummary || give_up "The build failed; no test ran."
}

# Passed tests go to the log only.
run_tests() {
    dotnet test --solution Scheduling.sln --no-build --no-ansi --no-progress --output Detailed 2>&1 | tee TestResults/test.log | grep -vE '^(passed |  from )'
    return "${PIPESTATUS[0]}"
}

# The number behind a word in the last summary; empty when there is none.
total() {
    tac TestResults/test.log | sed '/^Test run summary/q' | sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" | head -n 1
}

slowest() {
    printf '\nThe slowest tests:\n'
    awk '/^passed .* \([0-9ms ]+\)$/ {
        match($0, / \([0-9ms ]+\)$/); text = substr($0, RSTART + 2, RLENGTH - 3); name = substr($0, 8, RSTART - 8)
        ms = 0; n = split(text, part, " ")
        for (i = 1; i <= n; i++) ms += part[i] ~ /ms$/ ? part[i] + 0 : part[i] ~ /s$/ ? 1000 * part[i] : 60000 * part[i]
        printf "%8.1f s  %s\n", ms / 1000, substr(name, 1, 150)
    }' TestResults/test.log | sort -rn | head -n 10
    echo
}

require_sdk
install_postgres
build
mkdir -p TestResults
run_tests
code=$?
passed=$(total succeeded) failed=$(total failed) skipped=$(total skipped)
[ -n "$passed" ] && [ -n "$failed" ] || give_up "The test runner ended with code $code and no totals; see TestResults/test.log."
slowest
[ $((passed + failed)) -gt 0 ] || give_up "No test ran; see TestResults/test.log."
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    say "The test runner ended with code $code although no test failed; see TestResults/test.log."
fi
finish "$passed" "$failed" "${skipped:-0}" $((code != 0 || failed > 0))
