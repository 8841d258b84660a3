#!/usr/bin/env bash
# jcstress.sh [OPTION...]   the ordering tests of registry and life for as long as you like: options are jcstress's.
#
# Without options: its preset "default", some minutes. The build runs a short mode of the same tests in `mvn verify`.
# The report is benchmarks/target/jcstress/index.html. Tests with three actors need three cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || set -- -m default
mvn -B -ntp -q -pl benchmarks -am -DskipTests verify -Djcstress.args="$*"
