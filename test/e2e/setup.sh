#!/usr/bin/env bash
# Brings what the end-to-end tests drive into .e2e/ (git-ignored): a Node that code-server accepts, and
# code-server, which is VS Code with its real workbench and extension host. Does nothing when it is there.
# Chromium and Neovim come from the distribution, since downloads of their own are not reachable everywhere.
set -euo pipefail
cd "$(dirname "$0")/../.."

NODE_MAJOR=24
CODE_SERVER=4.139.1

missing=()
command -v chromium >/dev/null || missing+=(chromium chromium-sandbox fonts-dejavu-core)
command -v nvim >/dev/null || missing+=(neovim)
# code-server compiles native modules when it is installed.
target=.e2e/code-server-$CODE_SERVER-node-$NODE_MAJOR
[ -f "$target/ready" ] || missing+=(libkrb5-dev build-essential python3)

if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

if [ -f "$target/ready" ]; then
  ln -sfn "$(basename "$target")" .e2e/current
  exit 0
fi

rm -rf "$target"
mkdir -p "$target/node" "$target/vscode"
(cd "$target/node" && npm init -y >/dev/null && npm install --no-audit --no-fund "node@$NODE_MAJOR")
# The one of its copies that has the headers.
headers=$(find "$PWD/$target/node/node_modules" -path '*/include/node/node.h' | head -1)
node_home=${headers%/include/node/node.h}
# Native modules are compiled against the headers that came with this Node, so nothing is downloaded for them.
(
  cd "$target/vscode"
  export PATH=$node_home/bin:$PATH npm_config_nodedir=$node_home
  # Set by the npm that runs this script, it would name that npm's Node to code-server's check.
  unset npm_config_user_agent
  npm init -y >/dev/null
  npm install --no-audit --no-fund "code-server@$CODE_SERVER"
)
ln -sfn "$node_home/bin/node" "$target/node24"
ln -sfn "$(basename "$target")" .e2e/current
touch "$target/ready"
