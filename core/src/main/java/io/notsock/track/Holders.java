package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.HandleType;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;

/** Tells who holds a life at this moment: the owners that are armed, reachable and have not let go. */
final class Holders {
    private static final String MADE_BY_NIO = "java:sun.nio.ch.";

    private final OwnerNumbers numbers;

    Holders(OwnerNumbers numbers) {
        this.numbers = numbers;
    }

    /** Whether an armed, reachable opener or adopter other than {@code except} holds this guarded life's number. */
    boolean held(Life life, Object except) {
        if (life.opening().endsWithThread()) {
            return true; // by the C runtime
        }
        if (!life.opening().guarded()) {
            return false;
        }
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            if (ref.armed() && ref.part() != OwnerRef.Part.DELEGATE) {
                Object owner = ref.get();
                if (owner != null && owner != except && holds(owner, life.number())) {
                    // An adopter's close is foreign to the opener, not to another adopter.
                    if (except == null || ref.part() == OwnerRef.Part.OPENER) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The newest armed owner that is still reachable, or {@code null}. */
    static Object holder(Life life) {
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            if (ref.armed() && ref.part() != OwnerRef.Part.DELEGATE) {
                Object owner = ref.get();
                if (owner != null) {
                    return owner;
                }
            }
        }
        return null;
    }

    /**
     * The addresses of a live IP socket, or {@code null}. Only of one that {@code sun.nio.ch} made: its class for such calls
     * is in use then, and asking loads no library, which would take numbers in the middle of a suspicious call.
     */
    String addresses(Life life) {
        HandleType type = life.type();
        boolean internet = type == HandleType.SOCKET || type == HandleType.SERVER_SOCKET || type == HandleType.DATAGRAM;
        Act opened = life.opened();
        if (!internet || !life.live() || opened == null || !opened.api().startsWith(MADE_BY_NIO)) {
            return null;
        }
        Object owner = holder(life);
        return owner != null && holds(owner, life.number()) ? numbers.addressesOf(owner) : null;
    }

    /** Whether this object says that the number is its own, or cannot be asked. */
    boolean holds(Object owner, long number) {
        long held = numbers.numberOf(owner);
        return held == number || held == OwnerNumbers.CANNOT_ASK;
    }
}
