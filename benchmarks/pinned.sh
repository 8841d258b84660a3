#!/usr/bin/env bash
# pinned.sh [CONNECTIONS]   connections between virtual threads, all open at once, and where threads were pinned, without and with notsock.
# Java 21 and later. Each connection takes two handles: the default is what 'ulimit -n' allows, 50,000 at most.
set -euo pipefail
NOTSOCK_VERSIONS=${NOTSOCK_VERSIONS:-21 25}
source "$(dirname "${BASH_SOURCE[0]}")/whole.sh"
limit=$(ulimit -n)
[ "$limit" != unlimited ] && [ "$limit" -lt 101000 ] || limit=101000
connections=${1:-$(((limit - 1000) / 2))}
homes | while read -r version home; do
  for option in '' "-javaagent:$agent=stacks=all"; do
    echo "== Java $version ${option:+with notsock}"
    # shellcheck disable=SC2086
    "$home/bin/java" -Xmx2g $option -cp "$classes" io.notsock.process.Pinned "$connections" </dev/null
  done
done
