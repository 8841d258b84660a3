package io.notsock.catalog;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One line of knowledge: these targets do this to a handle, and here is where the number and its owner are. Immutable. */
public final class Entry {
    private final String id;
    private final Role role;
    private final List<Target> targets;
    private final Set<String> systems;
    private final Space space;
    private final HandleType type;
    private final List<Place> numbers;
    private final Place source;
    private final Place owner;
    private final Place closer;
    private final Place flag;
    private final boolean armed;
    private final boolean forVmLife;
    private final boolean endsWithThread;
    private final boolean onlyIfPositive;
    private final Condition condition;
    private final Failure failure;
    private final Set<String> closedBy;
    private final String api;

    private Entry(Builder b) {
        this.id = Objects.requireNonNull(b.id, "id");
        this.role = Objects.requireNonNull(b.role, "role");
        this.targets = List.copyOf(b.targets);
        this.systems = Set.copyOf(b.systems);
        this.space = b.space;
        this.type = b.type;
        this.numbers = List.copyOf(b.numbers);
        this.source = b.source;
        this.owner = b.owner;
        this.closer = b.closer;
        this.flag = b.flag;
        this.armed = b.armed;
        this.forVmLife = b.forVmLife;
        this.endsWithThread = b.endsWithThread;
        this.onlyIfPositive = b.onlyIfPositive;
        this.condition = b.condition;
        this.failure = b.failure;
        this.closedBy = Set.copyOf(b.closedBy);
        this.api = b.api;
    }

    /** Unique name within all catalogs, for instance {@code nio.socket}. */
    public String id() {
        return id;
    }

    public Role role() {
        return role;
    }

    public List<Target> targets() {
        return targets;
    }

    /** The operating systems it is for: {@code linux}, {@code windows}. */
    public Set<String> systems() {
        return systems;
    }

    public Space space() {
        return space;
    }

    /** The type of a handle it opens; {@link HandleType#UNKNOWN} where it opens none or cannot tell. */
    public HandleType type() {
        return type;
    }

    /** Where the number is (two places for a pair). Empty for {@link Role#COUNT}. */
    public List<Place> numbers() {
        return numbers;
    }

    /** For {@link Role#REPLACE}: where the duplicated number is; otherwise {@code null}. */
    public Place source() {
        return source;
    }

    /** Where the owner is, or {@code null} for a raw number without identity. */
    public Place owner() {
        return owner;
    }

    /** Where a second object is that may close for the owner (a Cleaner's cleanable), or {@code null}. */
    public Place closer() {
        return closer;
    }

    /** For {@link Role#COUNT}: the boolean that tells the object is closed already; otherwise {@code null}. */
    public Place flag() {
        return flag;
    }

    /** Every place that one of its lines names. */
    public List<Place> places() {
        List<Place> all = new ArrayList<>(numbers);
        for (Place each : new Place[] {source, owner, closer, flag}) {
            if (each != null) {
                all.add(each);
            }
        }
        return all;
    }

    /** Whether one of them is in an object: the one whose method is the target, or which makes the call. */
    public boolean readsReceiver() {
        for (Place place : places()) {
            if (place.isInReceiver() || place.kind() == Place.Kind.CALLER) {
                return true;
            }
        }
        return false;
    }

    /** Whether the owner will close by itself. */
    public boolean armed() {
        return armed;
    }

    /** Whether the handle is kept until the VM ends, by design: never a leak. */
    public boolean forVmLife() {
        return forVmLife;
    }

    /** Whether the C runtime closes it when the thread ends, so that nobody else may. */
    public boolean endsWithThread() {
        return endsWithThread;
    }

    /** Whether the event counts only if the target's result is above zero (the JDK's accept methods). */
    public boolean onlyIfPositive() {
        return onlyIfPositive;
    }

    /** What an argument of a native function has to be for this entry to mean the call, or {@code null}. */
    public Condition condition() {
        return condition;
    }

    public Failure failure() {
        return failure;
    }

    /** For an open: ids of the entries that are every rightful way of closing it. Empty: never guarded. */
    public Set<String> closedBy() {
        return closedBy;
    }

    /** The name of the API in alerts, such as {@code java:sun.nio.ch.SocketChannelImpl}; {@code null}: made from the target. */
    public String api() {
        return api;
    }

    /** The same with these targets; {@code null} among them stands for none. */
    Entry with(Target[] others) {
        Builder builder = new Builder(this);
        for (Target target : others) {
            if (target != null) {
                builder.target(target);
            }
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return "entry " + id;
    }

    /** Collects the parts of an entry; not thread-safe. */
    public static final class Builder {
        private final String id;
        private Role role;
        private final List<Target> targets = new ArrayList<>();
        private Set<String> systems = Set.of("linux");
        private Space space = Space.FD;
        private HandleType type = HandleType.UNKNOWN;
        private List<Place> numbers = List.of();
        private Place source;
        private Place owner;
        private Place closer;
        private Place flag;
        private boolean armed;
        private boolean forVmLife;
        private boolean endsWithThread;
        private boolean onlyIfPositive;
        private Condition condition;
        private Failure failure = Failure.EXCEPTION;
        private Set<String> closedBy = Set.of();
        private String api;

        public Builder(String id) {
            this.id = id;
        }

        /** All of an entry but its targets. */
        Builder(Entry like) {
            id = like.id;
            role = like.role;
            systems = like.systems;
            space = like.space;
            type = like.type;
            numbers = like.numbers;
            source = like.source;
            owner = like.owner;
            closer = like.closer;
            flag = like.flag;
            armed = like.armed;
            forVmLife = like.forVmLife;
            endsWithThread = like.endsWithThread;
            onlyIfPositive = like.onlyIfPositive;
            condition = like.condition;
            failure = like.failure;
            closedBy = like.closedBy;
            api = like.api;
        }

        public Builder role(Role value) {
            this.role = value;
            return this;
        }

        public Builder target(Target value) {
            this.targets.add(value);
            return this;
        }

        public Builder systems(Set<String> value) {
            this.systems = value;
            return this;
        }

        public Builder space(Space value) {
            this.space = value;
            return this;
        }

        public Builder type(HandleType value) {
            this.type = value;
            return this;
        }

        public Builder numbers(List<Place> value) {
            this.numbers = value;
            return this;
        }

        public Builder source(Place value) {
            this.source = value;
            return this;
        }

        public Builder owner(Place value) {
            this.owner = value;
            return this;
        }

        public Builder closer(Place value) {
            this.closer = value;
            return this;
        }

        public Builder flag(Place value) {
            this.flag = value;
            return this;
        }

        public Builder armed(boolean value) {
            this.armed = value;
            return this;
        }

        public Builder forVmLife(boolean value) {
            this.forVmLife = value;
            return this;
        }

        public Builder endsWithThread(boolean value) {
            this.endsWithThread = value;
            return this;
        }

        public Builder onlyIfPositive(boolean value) {
            this.onlyIfPositive = value;
            return this;
        }

        public Builder condition(Condition value) {
            this.condition = value;
            return this;
        }

        public Builder failure(Failure value) {
            this.failure = value;
            return this;
        }

        public Builder closedBy(Set<String> value) {
            this.closedBy = value;
            return this;
        }

        public Builder api(String value) {
            this.api = value;
            return this;
        }

        public Entry build() {
            return new Entry(this);
        }
    }
}
