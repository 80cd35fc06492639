#!/usr/bin/env bash
# Runs the proofs on a real PostgreSQL server, which it starts in a folder of its own and stops again.
# Installs the server where the distribution has it and it is missing; without one it says so and passes.
set -euo pipefail
cd "$(dirname "$0")/../.."

programs() { find /usr/lib/postgresql/*/bin -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1; }

if [ -z "$(programs)" ] && command -v apt-get >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  export DEBIAN_FRONTEND=noninteractive
  { "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -y -q --no-install-recommends postgresql; } || true
fi
bin=$(programs)
if [ -z "$bin" ]; then
  echo 'No PostgreSQL server here: the proofs ran on PGlite alone.'
  exit 0
fi

data=$(mktemp -d)
# PostgreSQL refuses to run as root.
as_server=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$data"
  as_server=(runuser -u postgres --)
fi
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
cd /
stop() {
  "${as_server[@]}" "$bin/pg_ctl" -D "$data/cluster" -m immediate stop >/dev/null || true
  rm -rf "$data"
}
trap stop EXIT
"${as_server[@]}" "$bin/initdb" -D "$data/cluster" -U shop --auth=trust --encoding=UTF8 --locale=C >/dev/null
"${as_server[@]}" "$bin/pg_ctl" -D "$data/cluster" -l "$data/log" -w start \
  -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off" >/dev/null
cd - >/dev/null
PERF_HINTS_PROOF_DATABASE_URL=postgresql://shop@127.0.0.1:$port/postgres node --import tsx --test test/proof/proofs.test.ts
