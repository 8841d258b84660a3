package io.notsock.track;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Role;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.catalog.Target;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The hooks that woven code names by an index, made when they are first asked for: a program uses few of a catalog's.
 *
 * <p>An index is the entry's index and, in its lowest bits, the hook's among those of its entry: first the entry's own, then
 * one for each other name or way of ending that its targets have, then two for each of its functions, by JNA and by the
 * foreign-function API. So it is the same in every JVM for the same catalog and JDK, and woven classes can be kept.
 *
 * <p>Thread-safe and lock-free: application threads ask.
 */
public final class HookTable {
    private static final int VARIANTS = 8;
    private static final int VARIANT = (1 << VARIANTS) - 1;

    private final RuntimeCatalog catalog;
    private final AtomicReferenceArray<HooksOfEntry> entries;
    /** The hooks of each entry that has any, for the hot path: two loads fewer. */
    private final Hook[][] byEntry;

    public HookTable(RuntimeCatalog catalog) {
        this.catalog = catalog;
        this.entries = new AtomicReferenceArray<>(catalog.size());
        this.byEntry = new Hook[catalog.size()][];
    }

    /** The index of an entry's own hook. */
    public static int ofEntry(int entry) {
        return entry << VARIANTS;
    }

    /** The entry of the hook with this index. */
    public static int entryOf(int index) {
        return index >> VARIANTS;
    }

    /** The hook with this index, which must be one that this table has given out. */
    public Hook hook(int index) {
        Hook[] hooks = byEntry[entryOf(index)];
        return hooks != null ? hooks[index & VARIANT] : of(entryOf(index)).hooks[index & VARIANT];
    }

    /** Whether this can be the index of a hook. */
    boolean has(int index) {
        return index >= 0 && entryOf(index) < entries.length() && catalog.entry(entryOf(index)) != null;
    }

    /** The index of a target's hook; the target has to be one of the entry's own, and no function. */
    public int of(int entry, Target target) {
        return ofEntry(entry) | of(entry).variant(target);
    }

    /** The index of the hook for calls of a function through JNA. */
    public int byJna(int entry, Target function) {
        return of(entry, function);
    }

    /** The index of the hook for calls of a function through the foreign-function API. */
    public int byFfm(int entry, Target function) {
        return of(entry, function) + 1;
    }

    /** The first entry of this role. */
    public int first(Role role) {
        for (int entry = 0; entry < catalog.size(); entry++) {
            if (catalog.role(entry) == role && catalog.entry(entry) != null) {
                return ofEntry(entry);
            }
        }
        throw new IllegalStateException("no entry of the role " + role);
    }

    /** The hooks of this entry could not be woven, or failed. */
    public void markBroken(int entry) {
        if (catalog.entry(entry) != null) {
            hook(ofEntry(entry)).markBroken();
        }
    }

    /** What this entry would have shown being closed can be closed unseen now. */
    public void unguardWhatIsClosedBy(int closer) {
        for (int opener = 0; opener < catalog.size(); opener++) {
            if (catalog.closes(closer, opener) && catalog.entry(opener) != null) {
                for (Hook hook : of(opener).hooks) {
                    hook.unguard();
                }
            }
        }
    }

    /** The catalog that the hooks are made of. */
    public RuntimeCatalog catalog() {
        return catalog;
    }

    private HooksOfEntry of(int entry) {
        HooksOfEntry known = entries.get(entry);
        if (known != null) {
            return known;
        }
        HooksOfEntry made = new HooksOfEntry(catalog, entry);
        if (entries.compareAndSet(entry, null, made)) {
            // Published without a fence: all that is in it was written before the constructors ended, whose final
            // fields are frozen then, and a reader comes to it by the reference alone.
            byEntry[entry] = made.hooks;
            return made;
        }
        return entries.get(entry);
    }

    /** The hooks of one entry. */
    private static final class HooksOfEntry {
        final Hook[] hooks;
        private final Target[] targets;
        private final int[] variants;

        HooksOfEntry(RuntimeCatalog catalog, int index) {
            Entry entry = catalog.entry(index);
            boolean guarded = catalog.guarded(index);
            targets = entry.targets().toArray(new Target[0]);
            variants = new int[targets.length];
            Hook[] made = new Hook[1 + 2 * targets.length];
            made[0] = Hook.own(entry, guarded);
            int count = 1;
            for (int t = 0; t < targets.length; t++) {
                Target target = targets[t];
                if (target.kind() != Target.Kind.FUNCTION) {
                    Hook hook = Hook.of(entry, guarded, target);
                    int at = indexOfLike(made, count, hook);
                    if (at == count) {
                        made[count++] = hook;
                    }
                    variants[t] = at;
                    if (catalog.paired(index, target)) {
                        made[at].pairedAt(target);
                    }
                }
            }
            for (int t = 0; t < targets.length; t++) {
                if (targets[t].kind() == Target.Kind.FUNCTION) {
                    variants[t] = count;
                    Hook hook = Hook.of(entry, guarded, targets[t]);
                    made[count++] = hook.named("jna:".concat(targets[t].name()));
                    made[count++] = hook.named("ffm:".concat(targets[t].name()));
                }
            }
            if (count > VARIANT) {
                throw new IllegalStateException(entry + " has more than " + VARIANT + " hooks");
            }
            hooks = new Hook[count];
            System.arraycopy(made, 0, hooks, 0, count);
        }

        /** The one that tells all there is to tell of the same targets, or the count where none does. */
        private static int indexOfLike(Hook[] made, int count, Hook hook) {
            for (int i = 0; i < count; i++) {
                if (made[i].isLike(hook)) {
                    return i;
                }
            }
            return count;
        }

        int variant(Target target) {
            for (int t = 0; t < targets.length; t++) {
                if (targets[t] == target) {
                    return variants[t];
                }
            }
            throw new IllegalArgumentException("no target of this entry: " + target);
        }
    }
}
