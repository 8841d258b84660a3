package io.notsock.alert;

import java.time.Instant;
import java.util.Objects;

/** One thing that happened to an alert's number: an open, a close, an adoption. Immutable. */
public final class HistoryEvent {
    private final String what;
    private final long generation;
    private final String thread;
    private final Instant time;
    private final String api;
    private final String owner;
    private final String detail;

    /**
     * An event.
     *
     * @param what a role of the catalog ({@code open}, {@code close}, {@code preclose}, {@code adopt}, {@code release},
     *     {@code replace}, {@code use}) or another short word
     * @param generation the life it happened to; negative where not known
     * @param thread name of the thread, or {@code null}
     * @param time when, or {@code null}
     * @param api through which API, or {@code null}
     * @param owner the owner's class, or {@code null}
     * @param detail addresses or path of what was behind the number, or {@code null}
     */
    public HistoryEvent(
            String what, long generation, String thread, Instant time, String api, String owner, String detail) {
        this.what = Objects.requireNonNull(what, "what");
        this.generation = generation;
        this.thread = thread;
        this.time = time;
        this.api = api;
        this.owner = owner;
        this.detail = detail;
    }

    public String what() {
        return what;
    }

    /** The life it happened to; negative where not known. */
    public long generation() {
        return generation;
    }

    /** Name of the thread, or {@code null}. */
    public String thread() {
        return thread;
    }

    /** When, or {@code null}. */
    public Instant time() {
        return time;
    }

    /** Through which API, or {@code null}. */
    public String api() {
        return api;
    }

    /** The owner's class, or {@code null}. */
    public String owner() {
        return owner;
    }

    /** Addresses or path of what was behind the number, or {@code null}. */
    public String detail() {
        return detail;
    }
}
