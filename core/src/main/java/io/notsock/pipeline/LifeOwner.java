package io.notsock.pipeline;

import io.notsock.alert.PublicClass;
import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.track.OwnerNumbers;

/** Who is to close a handle, as people think of it. */
public final class LifeOwner {
    private LifeOwner() {}

    /**
     * The public class by which the application opened it; else the class of the object that owns it; {@code null} where a
     * plain integer is all there is, or the owner is gone.
     */
    public static String of(Life life) {
        return of(life, null);
    }

    /**
     * The same; where a descriptor owns it, the stream around that.
     *
     * @param numbers asked for the stream, or {@code null}
     */
    static String of(Life life, OwnerNumbers numbers) {
        Act act = life.opened();
        String known = act == null || act.foreignFunction() ? null : PublicClass.of(act.frames());
        if (known != null) {
            return known;
        }
        Object first = first(life);
        Object around = first == null || numbers == null ? null : numbers.around(first);
        Object owner = around != null ? around : first;
        return owner == null ? null : owner.getClass().getName();
    }

    /** The object that owned it first, {@code null} where there was none or it is gone. */
    static Object first(Life life) {
        Object first = null;
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            Object owner = ref.get();
            if (owner != null && ref.part() != OwnerRef.Part.DELEGATE) {
                first = owner; // the first owner is the last of the list
            }
        }
        return first;
    }
}
