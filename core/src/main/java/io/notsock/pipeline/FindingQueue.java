package io.notsock.pipeline;

import io.notsock.track.Finding;
import io.notsock.track.FindingSink;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * The way out of the application's threads: bounded, lock-free, never blocking. What does not fit is counted as dropped.
 */
public final class FindingQueue implements FindingSink {
    private final int capacity;
    private final ConcurrentLinkedQueue<Finding> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile Thread consumer;
    private volatile LongFunction<String> contexts;

    public FindingQueue(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void offer(Finding finding) {
        if (size.incrementAndGet() > capacity) {
            size.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        place(finding);
        unsettled.incrementAndGet();
        queue.add(finding);
        LockSupport.unpark(consumer);
    }

    /**
     * From now on every finding is given the context in which whoever raised it runs.
     *
     * @param source gives the context for the id of a thread, -1 where it is not known; called in the thread that found it
     */
    public void contextsFrom(LongFunction<String> source) {
        contexts = source;
    }

    private void place(Finding finding) {
        LongFunction<String> source = contexts;
        if (source == null) {
            return;
        }
        try {
            finding.placeIn(
                    source.apply(finding.rogue() == null ? -1 : finding.rogue().threadId()));
        } catch (RuntimeException | Error e) {
            // Code of a test framework: whatever is wrong with it must not cost the finding, only its context.
            return;
        }
    }

    /** Whether nothing is on its way to the desk. Any thread may ask. */
    public boolean settled() {
        return unsettled.get() <= 0;
    }

    /** A finding has passed the desk, or was found to be none. */
    void settle() {
        unsettled.decrementAndGet();
    }

    Finding poll() {
        Finding finding = queue.poll();
        if (finding != null) {
            size.decrementAndGet();
        }
        return finding;
    }

    /** Has this thread woken by each finding. */
    public void consumedBy(Thread thread) {
        consumer = thread;
    }

    void wake() {
        LockSupport.unpark(consumer);
    }

    /** Findings that did not fit into the queue. */
    public long dropped() {
        return dropped.get();
    }
}
