# Sourced by the scripts beside it: the jars, and the Java homes to measure on.
# Homes: NOTSOCK_JDK_17 and NOTSOCK_JDK_25, or those of NOTSOCK_VERSIONS="11 17 21 25", as the end-to-end tests take them (eval "$(.ci/runtimes)").
cd "$(dirname "${BASH_SOURCE[0]}")/.."
agent=$PWD/agent/target/notsock-agent.jar
classes=$PWD/benchmarks/target/classes
work=$PWD/benchmarks/target/whole
[ -f "$agent" ] && [ -d "$classes" ] || { echo "build first: mvn -q -DskipTests package" >&2; exit 1; }
mkdir -p "$work"
printf 'Premain-Class: io.notsock.process.EmptyAgent\n' >"$work/manifest"
empty=$work/empty-agent.jar
jar --create --file "$empty" --manifest "$work/manifest" -C "$classes" io/notsock/process/EmptyAgent.class

given_homes() {
  [ -n "${NOTSOCK_JDK_11:-}${NOTSOCK_JDK_17:-}${NOTSOCK_JDK_21:-}${NOTSOCK_JDK_25:-}" ] || { echo 'set NOTSOCK_JDK_17 or _25: eval "$(.ci/runtimes)"' >&2; return 1; }
  for version in ${NOTSOCK_VERSIONS:-17 25}; do
    variable=NOTSOCK_JDK_$version
    if [ -n "${!variable:-}" ]; then echo "$version ${!variable}"; else echo "no $variable: not measured" >&2; fi
  done
}
given=$(given_homes)
homes() { echo "$given"; }
# They name the runtimes here, but an agent takes them for its options and would spend time on them.
unset "${!NOTSOCK_@}"

# The runtimes that CI fetches come without a class-data archive, which every ordinary JDK has: make one for them.
archive() { # version, home
  [ -f "$2/lib/server/classes.jsa" ] && return
  [ -f "$work/classes-$1.jsa" ] || "$2/bin/java" -XX:SharedArchiveFile="$work/classes-$1.jsa" -Xshare:dump >/dev/null 2>&1
  echo "-XX:SharedArchiveFile=$work/classes-$1.jsa"
}
