package io.notsock.jmh;

import java.io.FileInputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opens and closes a file. Run it as a pair, once as it is and once with {@code -jvmArgsAppend -javaagent:…}:
 * {@code benchmarks/jmh.sh} does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FileBenchmark {
    @Param({"5", "50"})
    int frames;

    @Benchmark
    public int openAndClose() throws Exception {
        return Depth.at(frames, () -> {
            try (FileInputStream in = new FileInputStream("/dev/null")) {
                return in.hashCode();
            }
        });
    }
}
