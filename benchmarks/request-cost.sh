#!/usr/bin/env bash
# request-cost.sh [ROUNDS [REQUESTS]]   CPU time of an HTTP server per request, with keep-alive and with a connection each:
# without agent, with an empty one, with notsock. Fresh servers in turn, client in a process of its own; medians.
set -euo pipefail
rounds=${1:-7}
requests=${2:-20000}
source "$(dirname "${BASH_SOURCE[0]}")/whole.sh"

homes | while read -r version home; do
  echo "== Java $version"
  "$home/bin/java" -XX:+UseSerialGC -cp "$classes" io.notsock.process.RequestCost \
    "$home" "$classes" "$empty" "$agent" "$rounds" "$requests" </dev/null
done
