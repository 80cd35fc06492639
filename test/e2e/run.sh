#!/usr/bin/env bash
# Runs the end-to-end tests one after the other: a person in VS Code, the suite inside its extension host, Neovim.
# Pictures of what was on the screen are left in dist-test/screenshots.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash test/e2e/setup.sh
npm run --silent package

rm -rf dist-test/screenshots dist-test/vscode.log
mkdir -p dist-test/screenshots
CHROMIUM=$(command -v chromium)
PERF_HINTS_E2E_PIDS=$PWD/dist-test/e2e.pids
export CHROMIUM PERF_HINTS_E2E_PIDS
: >"$PERF_HINTS_E2E_PIDS"

# What a test starts it also ends; this ends what is left if the time limit cuts it off.
end_servers() {
  while read -r leader; do
    kill -KILL -- "-$leader" 2>/dev/null || true
  done <"$PERF_HINTS_E2E_PIDS"
}
trap end_servers EXIT

timeout --kill-after=10 420 node --import tsx --test --test-concurrency=1 \
  test/e2e/person.e2e.ts test/e2e/extensionHost.e2e.ts test/e2e/neovim.e2e.ts
