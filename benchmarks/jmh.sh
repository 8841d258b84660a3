#!/usr/bin/env bash
# jmh.sh [OPTION...]   the hot path: a file's open and close without and with the agent as a pair, calls through
#                      java.lang.foreign where NOTSOCK_JDK_25 is set, exceptions that are explained, then the tracker alone.
#
# Options are JMH's and follow the defaults, e.g. `jmh.sh -f 1 -i 3`. Build first: mvn -q -DskipTests package.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
agent=$PWD/agent/target/notsock-agent.jar
mvn -B -ntp -q -pl benchmarks -am -DskipTests -Djcstress.skip=true verify \
  dependency:build-classpath -Dmdep.outputFile=target/benchmarks.classpath -Dmdep.includeScope=runtime
classpath=benchmarks/target/classes:$(cat benchmarks/target/benchmarks.classpath)
jmh() { "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classpath" org.openjdk.jmh.Main "$@"; }
echo "== without the agent"
jmh FileBenchmark "$@"
for stacks in auto all off; do
  echo "== with the agent, stacks=$stacks"
  jmh FileBenchmark -jvmArgsAppend "-javaagent:$agent=stacks=$stacks" "$@"
done
foreign=${NOTSOCK_JDK_25:-}
if [ -n "$foreign" ]; then
  echo "== java.lang.foreign, without the agent"
  JAVA_HOME=$foreign jmh DowncallBenchmark "$@"
  echo "== java.lang.foreign, with the agent"
  JAVA_HOME=$foreign jmh DowncallBenchmark -jvmArgsAppend "-javaagent:$agent" "$@"
fi
echo "== an exception about something closed, without the agent"
jmh ExplainBenchmark "$@"
for explain in off on; do
  echo "== an exception about something closed, explain=$explain"
  jmh ExplainBenchmark -jvmArgsAppend "-javaagent:$agent=explain=$explain" "$@"
done
echo "== the tracker alone"
jmh TrackerBenchmark "$@"
