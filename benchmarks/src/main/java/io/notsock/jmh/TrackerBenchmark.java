package io.notsock.jmh;

import io.notsock.bare.BareTracker;
import io.notsock.evidence.StackPolicy;
import io.notsock.registry.KnownUsers;
import io.notsock.track.Tracker;
import java.lang.ref.Reference;
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

/** One open and one close, and one use, as the tracker sees them, without the system calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrackerBenchmark {
    private static final int NUMBER = 42;
    private static final int USED = 43;

    @Param({"AUTO", "ALL", "OFF"})
    StackPolicy stacks;

    @Param({"5", "50"})
    int frames;

    private final Object user = new Object();
    private Tracker tracker;

    @Setup
    public void wire() {
        tracker = new BareTracker(stacks).tracker;
        KnownUsers.share(new Reference<?>[1 << 14]);
        tracker.after(BareTracker.OPEN, user, null, USED);
        tracker.use(BareTracker.USE, user, USED);
    }

    /** A read or write of a handle that is all right: all that {@code java.io.NotsockHooks} does. */
    @Benchmark
    public boolean use() {
        return KnownUsers.knows(user, USED);
    }

    /** The same where another owner of the number was the last. */
    @Benchmark
    public Object useAnew() {
        return tracker.use(BareTracker.USE, user, USED);
    }

    @Benchmark
    public Object openAndClose() throws Exception {
        return Depth.at(frames, () -> {
            Object owner = new Object();
            tracker.after(BareTracker.OPEN, owner, null, NUMBER);
            Object token = tracker.before(BareTracker.CLOSE, owner, NUMBER, -1);
            tracker.done(BareTracker.CLOSE, token, 0);
            return token;
        });
    }
}
