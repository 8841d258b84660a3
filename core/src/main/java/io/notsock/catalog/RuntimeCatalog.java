package io.notsock.catalog;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A catalog as it is on one runtime: of each entry only the targets of this JDK. An entry is made when it is first asked for
 * and is the same object from then on; a program needs few of them.
 *
 * <p>Thread-safe and lock-free: application threads ask, through hooks.
 */
public final class RuntimeCatalog {
    private static final Existing NOTHING = new Existing(null, null);

    private final CompiledCatalog compiled;
    private final byte[] bytes;
    private final int feature;
    private final String os;
    private final AtomicReferenceArray<Existing> entries;
    private final Set<Integer> paired;

    /** What exists of an entry, and its targets under their indices in the whole entry. */
    private static final class Existing {
        final Entry entry;
        final Target[] targets;

        Existing(Entry entry, Target[] targets) {
            this.entry = entry;
            this.targets = targets;
        }
    }

    /** Takes the classes that the catalog names. */
    public interface ClassVisitor {
        /**
         * @param pattern as {@link Target#classes} has it
         * @param targets the targets, for {@link RuntimeCatalog#entryOf} and {@link RuntimeCatalog#target}
         */
        void visit(String pattern, int[] targets);
    }

    private RuntimeCatalog(byte[] bytes, int feature, String os) {
        this.bytes = bytes;
        this.compiled = new CompiledCatalog(bytes);
        this.feature = feature;
        this.os = os;
        this.entries = new AtomicReferenceArray<>(compiled.size());
        this.paired = compiled.paired(feature);
    }

    /** What the agent brings along, on this JDK and operating system. */
    public static RuntimeCatalog builtIn(int feature, String os) {
        return new RuntimeCatalog(Catalog.compiled(os), feature, os);
    }

    /** Any catalog, on this JDK and operating system. */
    public static RuntimeCatalog of(Catalog catalog, int feature, String os) {
        return new RuntimeCatalog(CompiledCatalog.of(catalog), feature, os);
    }

    /** How many entries there are, those included that this runtime has nothing of. */
    public int size() {
        return entries.length();
    }

    /** The entry with this index, or {@code null} where nothing of it exists on this runtime. */
    public Entry entry(int index) {
        return existing(index).entry;
    }

    /** The index of the entry with this id, or -1 where nothing of it exists on this runtime. Looks at every entry. */
    public int indexOf(String id) {
        for (int i = 0; i < size(); i++) {
            if (entry(i) != null && entry(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** The role of an entry, whether or not it exists here. */
    public Role role(int index) {
        return compiled.role(index);
    }

    /** The entry of a target that {@link ClassVisitor} has got. */
    public static int entryOf(int target) {
        return target >>> 8;
    }

    /** A target that {@link ClassVisitor} has got; {@code null} where this runtime does not have it. */
    public Target target(int target) {
        Existing existing = existing(entryOf(target));
        return existing == NOTHING ? null : existing.targets[target & 0xFF];
    }

    /** Whether anything that closes what this entry opens exists here. An entry that names none is never guarded. */
    public boolean guarded(int index) {
        for (int closer : compiled.closers(index)) {
            if (entry(closer) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether this one closes what that one opens. */
    public boolean closes(int closer, int opener) {
        for (int index : compiled.closers(opener)) {
            if (index == closer) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a target is a call of a method which another one of the same role is woven into, or such a method: then the
     * two hooks see one event.
     *
     * @param target one of the entry's own
     */
    public boolean paired(int entry, Target target) {
        Target[] targets = existing(entry).targets;
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] == target) {
                return paired.contains(entry << 8 | i);
            }
        }
        return false;
    }

    /** Visits every class pattern, whether or not its targets exist on this runtime. */
    public void classes(ClassVisitor visitor) {
        compiled.classes(visitor);
    }

    /** Visits the class patterns that may name a class with this {@link #key}, whether or not their targets exist here. */
    public void classes(String key, ClassVisitor visitor) {
        compiled.classes(key, visitor);
    }

    /** Visits the patterns of whole packages. */
    public void packages(ClassVisitor visitor) {
        compiled.packages(visitor);
    }

    /**
     * By what the classes of a pattern are looked up: an internal name for a pattern without a wildcard, a simple name for one
     * that begins with it, a package's last name for one that ends with it.
     */
    public static String key(String pattern) {
        return CompiledCatalog.key(pattern);
    }

    /** Which classes may be named; a new one, that may be added to. */
    public NameFilter filter() {
        return compiled.filter();
    }

    /** The same for catalogs that say the same, in this JVM and in others; different for others, nearly always. */
    public int contentHash() {
        return Arrays.hashCode(bytes);
    }

    private Existing existing(int index) {
        Existing known = entries.get(index);
        if (known != null) {
            return known;
        }
        Existing made = make(index);
        return entries.compareAndSet(index, null, made) ? made : entries.get(index);
    }

    private Existing make(int index) {
        Entry whole = compiled.entry(index);
        if (!whole.systems().contains(os)) {
            return NOTHING;
        }
        Target[] targets = whole.targets().toArray(new Target[0]);
        int left = 0;
        for (int i = 0; i < targets.length; i++) {
            if (targets[i].jdk().contains(feature)) {
                left++;
            } else {
                targets[i] = null;
            }
        }
        if (left == 0) {
            return NOTHING;
        }
        return new Existing(left == targets.length ? whole : whole.with(targets), targets);
    }

    @Override
    public String toString() {
        return "catalog of " + size() + " entries on Java " + feature + ", " + os;
    }
}
