package io.notsock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Objects are found by identity, by many threads at once, and are not kept alive. */
class ObjectPastsTest {
    private final ObjectPasts pasts = new ObjectPasts();

    @Test
    void objectsAreToldApartByIdentity() {
        String one = new String("equal");
        String other = new String("equal");
        ObjectPast past = new ObjectPast(null, null);
        pasts.add(one, past);

        assertThat(pasts.of(one)).isSameAs(past);
        assertThat(pasts.of(other)).isNull();
    }

    @Test
    void aNewerPastGoesBeforeAnOlder() {
        Object object = new Object();
        pasts.add(object, new ObjectPast(null, null));
        ObjectPast newer = new ObjectPast(null, null);
        pasts.add(object, newer);

        assertThat(pasts.of(object)).isSameAs(newer);
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Object> kept = new ArrayList<>();
        List<ObjectPast> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            kept.add(new Object());
            expected.add(new ObjectPast(null, null));
        }
        List<Future<?>> parts = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            int first = part;
            parts.add(threads.submit(() -> {
                for (int i = first; i < kept.size(); i += 4) {
                    pasts.add(kept.get(i), expected.get(i));
                    pasts.add(new Object(), new ObjectPast(null, null)); // unlinked while others add
                }
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
        threads.shutdown();

        for (int i = 0; i < kept.size(); i++) {
            assertThat(pasts.of(kept.get(i))).isSameAs(expected.get(i));
        }
    }

    @Test
    void nothingIsKeptAlive() throws Exception {
        Object object = new Object();
        WeakReference<Object> gone = new WeakReference<>(object);
        pasts.add(object, new ObjectPast(null, null));
        object = null;
        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(gone.get()).isNull();
    }

    @Test
    void aLookAtAllForgetsTheDead() throws Exception {
        List<Object> kept = new ArrayList<>();
        List<ObjectPast> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            ObjectPast past = new ObjectPast(null, null);
            Object object = new Object();
            pasts.add(object, past);
            if (i % 3 == 0) {
                kept.add(object);
                expected.add(past);
            }
        }
        List<ObjectPast> seen = new ArrayList<>();
        for (int i = 0; i < 100 && seen.size() != expected.size(); i++) {
            System.gc();
            Thread.sleep(10);
            seen.clear();
            pasts.forEach(seen::add);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(kept).allSatisfy(object -> assertThat(pasts.of(object)).isNotNull());
    }
}
