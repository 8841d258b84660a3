package io.notsock.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.snapshot.RegistryView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are addresses: however many a program has used, few are remembered, and none that matters is forgotten. */
class LargeSlotsTest {
    private static final long ADDRESS = 0x7f00_0000_0000L;
    private static final Opening STREAM = new Opening(Space.CRT_FD, HandleType.FILE, "jna:fopen", true, false, false);

    private final Recorder recorder = new Recorder(StackPolicy.OFF);
    private final Registry registry = new Registry(4, Reachability.BY_GET);

    private static long address(long i) {
        return ADDRESS + i * 0x1d0;
    }

    private Life opens(long number, Object owner) {
        return registry.begin(
                STREAM,
                number,
                recorder.record(Act.What.OPEN, "jna:fopen", false),
                owner == null ? null : new OwnerRef(owner, OwnerRef.Part.OPENER, true, null));
    }

    private void closes(Life life) {
        assertThat(life.beginClose(recorder.record(Act.What.CLOSE, "jna:fclose", false)))
                .isTrue();
        life.finishClose();
    }

    private Life current(long number) {
        return registry.current(Space.CRT_FD, number);
    }

    private int remembered() {
        List<Life> all = new ArrayList<>();
        registry.forEachCurrent(Space.CRT_FD, all::add);
        return all.size();
    }

    @Test
    void aMillionStreamsLeaveFew() {
        RegistryView view = new RegistryView(registry, null, life -> null);
        long most = 0;
        for (int i = 0; i < 1_000_000; i++) {
            closes(opens(address(i), null));
            if (i % 10_000 == 0) {
                most = Math.max(most, remembered());
                assertThat(view.totals().opened(Space.CRT_FD)).isEqualTo(i + 1);
            }
        }

        assertThat(most).isLessThanOrEqualTo(2 * LargeSlots.KEPT + 1);
        assertThat(view.totals().opened(Space.CRT_FD)).isEqualTo(1_000_000);
        assertThat(view.totals().closed(Space.CRT_FD)).isEqualTo(1_000_000);
        assertThat(view.totals().open(Space.CRT_FD)).isEmpty();
        for (int i = 1_000_000 - LargeSlots.KEPT; i < 1_000_000; i++) {
            assertThat(current(address(i)).state()).isEqualTo(Life.CLOSED);
        }
        assertThat(current(address(0))).isNull();
    }

    @Test
    void whatIsOpenOrOwnedStays() {
        Life open = opens(address(-1), null);
        Object owner = new Object();
        Life owned = opens(address(-2), owner);
        closes(owned);
        Life past = opens(address(-3), owner);
        closes(past);
        closes(opens(address(-3), null));
        for (int i = 0; i < 10 * LargeSlots.KEPT; i++) {
            closes(opens(address(i), null));
        }

        assertThat(current(address(-1))).isSameAs(open);
        assertThat(current(address(-2))).isSameAs(owned);
        assertThat(Registry.lifeOf(owner, current(address(-3)))).isSameAs(past);
    }

    /** As long as they all are open, there is nothing to forget; afterwards there is. */
    @Test
    void manyAtOnceAreForgottenWhenTheyAreOver() {
        List<Life> open = new ArrayList<>();
        for (int i = 0; i < 20 * LargeSlots.KEPT; i++) {
            open.add(opens(address(i), null));
        }
        assertThat(remembered()).isEqualTo(open.size());
        open.forEach(this::closes);
        for (int i = 0; i < 40 * LargeSlots.KEPT; i++) {
            closes(opens(address(-i - 1), null));
        }

        assertThat(remembered()).isLessThanOrEqualTo(2 * LargeSlots.KEPT + 1);
    }

    @Test
    void aNumberThatComesBackIsAnotherGeneration() {
        for (int i = 0; i < 3; i++) {
            closes(opens(address(0), null));
        }
        for (int i = 1; i < 10 * LargeSlots.KEPT; i++) {
            closes(opens(address(i), null));
        }
        assertThat(current(address(0))).isNull();

        assertThat(opens(address(0), null).generation()).isGreaterThan(3);
    }

    /**
     * Threads open and close what the OS gives them, half of it for the second time and more, while slots go all the time: each
     * finds its life as long as it is open, and no open is lost from the count.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoseSlotGoesBeginsInAnother(long seed) throws InterruptedException {
        LargeSlots slots = new LargeSlots(Reachability.BY_GET, 4);
        AtomicLong opened = new AtomicLong();
        ConcurrentLinkedQueue<Long> free = new ConcurrentLinkedQueue<>();
        AtomicLong fresh = new AtomicLong();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(seed * 31 + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 30_000; i++) {
                    // The OS gives a number to one at a time.
                    Long used = random.nextBoolean() ? free.poll() : null;
                    long number = used != null ? used : address(fresh.incrementAndGet());
                    Life life = begin(slots, number);
                    opened.incrementAndGet();
                    if (random.nextInt(8) == 0) {
                        LockSupport.parkNanos(1);
                    }
                    SlotTable.Slot found = slots.find(number);
                    if (found == null || found.life != life) {
                        wrong.add("lost " + life);
                    }
                    life.beginClose(recorder.record(Act.What.CLOSE, "jna:fclose", false));
                    life.finishClose();
                    if (random.nextBoolean()) {
                        free.add(number);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
        long counted = slots.forgottenOpens();
        Map<Long, SlotTable.Slot> left = new HashMap<>();
        for (SlotTable.Slot slot : slots.all()) {
            counted += slot.life.opens();
            left.put(slot.life.number(), slot);
        }
        assertThat(counted).isEqualTo(opened.get());
        assertThat(left).hasSize(slots.all().size()).hasSizeLessThan(1000); // of tens of thousands
    }

    private Life begin(LargeSlots slots, long number) {
        for (; ; ) {
            SlotTable.Slot slot = slots.at(number);
            Life before = slot.life;
            if (before != SlotTable.Slot.GONE) {
                Life life = new Life(
                        STREAM,
                        number,
                        recorder.record(Act.What.OPEN, "jna:fopen", false),
                        null,
                        before,
                        slot.generationsBefore(),
                        0);
                if (slot.compareAndSet(before, life)) {
                    return life;
                }
            }
        }
    }
}
