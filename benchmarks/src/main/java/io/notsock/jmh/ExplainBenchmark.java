package io.notsock.jmh;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Uses what is closed and takes the exception: without the agent, with {@code explain=off} and with {@code explain=on}.
 * {@code benchmarks/jmh.sh} runs all three. {@code found} is a descriptor that knows its number still, {@code searched} one
 * that has let go of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ExplainBenchmark {
    @Param({"5", "50"})
    int frames;

    private final ByteBuffer buffer = ByteBuffer.allocate(1);
    private DatagramChannel channel;
    private FileInputStream file;

    @Setup
    public void close() throws IOException {
        channel = DatagramChannel.open();
        channel.close();
        file = new FileInputStream("/dev/null");
        file.close();
    }

    @Benchmark
    public Throwable found() throws Exception {
        return Depth.at(frames, () -> {
            try {
                return new IllegalStateException("read " + channel.read(buffer));
            } catch (IOException e) {
                return e;
            }
        });
    }

    @Benchmark
    public Throwable searched() throws Exception {
        return Depth.at(frames, () -> {
            try {
                return new IllegalStateException("read " + file.read());
            } catch (IOException e) {
                return e;
            }
        });
    }
}
