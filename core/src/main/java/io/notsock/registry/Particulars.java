package io.notsock.registry;

import io.notsock.evidence.Act;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * What only few lives have, for {@link Life}, which says what each of these means: apart from it, since there is a life for
 * every open handle.
 *
 * <p>Each field is volatile and independent of the others; those that are written once have a CAS.
 */
final class Particulars {
    static final AtomicReferenceFieldUpdater<Particulars, Act> ENDING =
            AtomicReferenceFieldUpdater.newUpdater(Particulars.class, Act.class, "ending");
    static final AtomicReferenceFieldUpdater<Particulars, Act> RIVAL =
            AtomicReferenceFieldUpdater.newUpdater(Particulars.class, Act.class, "rival");
    static final AtomicReferenceFieldUpdater<Particulars, Object> INCIDENT =
            AtomicReferenceFieldUpdater.newUpdater(Particulars.class, Object.class, "incident");
    static final AtomicReferenceFieldUpdater<Particulars, Object> AWAITING =
            AtomicReferenceFieldUpdater.newUpdater(Particulars.class, Object.class, "awaiting");

    volatile Act ending;
    volatile Act rival;
    volatile Object incident;
    volatile Object awaiting;
    volatile Life behind;
    /** A generation; 0 for none. */
    volatile int cutDuring;
}
