package io.notsock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OldCollectionsTest {
    private final OldCollections collections = new OldCollections();

    @Test
    void everyFullCollectionIsNoticedOnce() throws InterruptedException {
        for (int i = 0; i < 18; i++) { // more than are kept
            System.gc();

            assertThat(noticed()).as("collection %s", i).isTrue();
            assertThat(collections.happened()).isFalse();
        }
    }

    /** The collector clears the reference; a thread of the JVM hands it to its queue a moment later. */
    private boolean noticed() throws InterruptedException {
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; ) {
            if (collections.happened()) {
                return true;
            }
            Thread.sleep(1);
        }
        return false;
    }
}
