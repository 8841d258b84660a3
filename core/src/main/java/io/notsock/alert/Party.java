package io.notsock.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Somebody who had to do with the handle of an alert: who did it, when, through which API and from which stack.
 * Immutable.
 *
 * <p>The victim is always the party that opened the life that suffers: the stranger's life that a stale close hit, the
 * armed owner's life that somebody else closed, the life that nobody closed.
 */
public final class Party {
    /** The part a party plays; the label is the key of the alert schema. */
    public enum Role {
        /** Whose close or use raised the alert. */
        ROGUE("rogue"),
        /** Who had closed the life before. */
        FIRST_CLOSE("firstClose"),
        /** Who opened the life that suffers. */
        VICTIM("victim");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The word used in alerts. */
        public String label() {
            return label;
        }
    }

    private static final String NOT_CAPTURED = "not captured";

    private final Role role;
    private final String thread;
    private final long threadId;
    private final boolean virtual;
    private final Instant time;
    private final String api;
    private final String owner;
    private final String detail;
    private final List<StackTraceElement> frames;
    private final String stackMissing;

    private Party(Builder b) {
        this.role = b.role;
        this.thread = b.thread;
        this.threadId = b.threadId;
        this.virtual = b.virtual;
        this.time = b.time;
        this.api = b.api;
        this.owner = b.owner;
        this.detail = b.detail;
        this.frames = b.frames;
        // What was not captured is said so: a party has a stack or a reason, never neither.
        this.stackMissing = !b.frames.isEmpty() ? null : b.stackMissing != null ? b.stackMissing : NOT_CAPTURED;
    }

    public Role role() {
        return role;
    }

    /** Name of the thread, or {@code null} where it is not known. */
    public String thread() {
        return thread;
    }

    /** Id of the thread; meaningful only where {@link #thread()} is. */
    public long threadId() {
        return threadId;
    }

    /** Whether the thread is a virtual one; meaningful only where {@link #thread()} is. */
    public boolean virtual() {
        return virtual;
    }

    /** When it happened, or {@code null}. */
    public Instant time() {
        return time;
    }

    /** Through which API, such as {@code jna:close}, or {@code null}. */
    public String api() {
        return api;
    }

    /**
     * The object that acted or owns: its class, with an identity after {@code @} if known, and in parentheses the
     * descriptor it acted through; or {@code null}.
     */
    public String owner() {
        return owner;
    }

    /** What is behind the handle (addresses, a path) or what else is to be said of the party; or {@code null}. */
    public String detail() {
        return detail;
    }

    /** The stack as it was captured, innermost frame first; empty where {@link #stackMissing()} has the reason. */
    public List<StackTraceElement> frames() {
        return frames;
    }

    /** The stack as {@code class.method(file:line)}, or {@code null} where {@link #stackMissing()} has the reason. */
    public List<String> stack() {
        if (frames.isEmpty()) {
            return null;
        }
        List<String> lines = new ArrayList<>(frames.size());
        for (StackTraceElement frame : frames) {
            lines.add(Frames.text(frame));
        }
        return Collections.unmodifiableList(lines);
    }

    /** Why there is no stack; {@code null} where there is one. */
    public String stackMissing() {
        return stackMissing;
    }

    /** The part of the API before the colon ({@code jna}, {@code ffm}, {@code java}, {@code crt}); empty if none. */
    String apiFamily() {
        int colon = api == null ? -1 : api.indexOf(':');
        return colon < 0 ? "" : api.substring(0, colon);
    }

    /** The part of the API after the colon, usually a function or a class; the whole API where there is no colon. */
    String apiName() {
        return api == null ? "" : api.substring(api.indexOf(':') + 1);
    }

    /** Whether the party acted by a plain number, which has no identity, and not through a Java object. */
    boolean isRaw() {
        String family = apiFamily();
        return owner == null && !family.isEmpty() && !family.equals("java") && !family.equals("crt");
    }

    /** Collects what is known of a party; not thread-safe. */
    public static final class Builder {
        private final Role role;
        private String thread;
        private long threadId;
        private boolean virtual;
        private Instant time;
        private String api;
        private String owner;
        private String detail;
        private List<StackTraceElement> frames = List.of();
        private String stackMissing;

        public Builder(Role role) {
            this.role = Objects.requireNonNull(role, "role");
        }

        /** The thread; leave it out where it is not known. */
        public Builder thread(String name, long id, boolean isVirtual) {
            this.thread = name;
            this.threadId = id;
            this.virtual = isVirtual;
            return this;
        }

        public Builder time(Instant value) {
            this.time = value;
            return this;
        }

        public Builder api(String value) {
            this.api = value;
            return this;
        }

        public Builder owner(String value) {
            this.owner = value;
            return this;
        }

        public Builder detail(String value) {
            this.detail = value;
            return this;
        }

        /** The stack, innermost frame first; {@code null} or empty stands for none. */
        public Builder stack(StackTraceElement... value) {
            this.frames = value == null ? List.of() : List.of(value);
            return this;
        }

        /** Why there is no stack; without effect where there is one. */
        public Builder stackMissing(String reason) {
            this.stackMissing = reason;
            return this;
        }

        public Party build() {
            return new Party(this);
        }
    }
}
