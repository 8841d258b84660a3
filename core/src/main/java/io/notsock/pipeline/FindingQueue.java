package io.notsock.pipeline;

import io.notsock.track.Finding;
import io.notsock.track.FindingSink;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The way out of the application's threads: bounded, lock-free, never blocking. What does not fit is counted as dropped.
 */
public final class FindingQueue implements FindingSink {
    private final int capacity;
    private final ConcurrentLinkedQueue<Finding> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Thread consumer;

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
        queue.add(finding);
        LockSupport.unpark(consumer);
    }

    Finding poll() {
        Finding finding = queue.poll();
        if (finding != null) {
            size.decrementAndGet();
        }
        return finding;
    }

    void consumedBy(Thread thread) {
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
