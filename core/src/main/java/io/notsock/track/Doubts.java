package io.notsock.track;

import io.notsock.registry.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lives of which a call was refused while the OS could not be asked why: on Windows the witness needs a moment to be made.
 * Kept while that is under way and not longer: without a witness to come, or long after the call, there is nothing to be
 * learnt. Bounded; what does not fit is not asked about.
 *
 * <p>Thread-safe; entered only after a call of the application has failed.
 */
final class Doubts {
    private static final int PLACES = 64;

    private final AtomicReferenceArray<Life> lives = new AtomicReferenceArray<>(PLACES);

    void keep(Life life) {
        for (int i = 0; i < PLACES; i++) {
            Life there = lives.get(i);
            if (there == life || (there == null && lives.compareAndSet(i, null, life))) {
                return;
            }
        }
    }

    /** @return whether it was still there: nobody else has taken it */
    boolean drop(Life life) {
        for (int i = 0; i < PLACES; i++) {
            if (lives.get(i) == life && lives.compareAndSet(i, life, null)) {
                return true;
            }
        }
        return false;
    }

    List<Life> takeAll() {
        List<Life> taken = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            Life life = lives.getAndSet(i, null);
            if (life != null) {
                taken.add(life);
            }
        }
        return taken;
    }
}
