package io.notsock.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks for names, and what comes of a question that is never answered. */
@Timeout(60)
class WindowsNamesTest {
    private static final long PATIENCE_MILLIS = 200;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);

    private String name(long number) {
        threads.add(Thread.currentThread());
        asked.incrementAndGet();
        if (number == 13) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return number % 2 == 0 ? null : "\\Device\\" + number;
    }

    private static List<Long> numbers(int from, int to) {
        return LongStream.range(from, to).boxed().collect(Collectors.toList());
    }

    @Test
    void oneThreadAsksForAll() {
        WindowsNames names = new WindowsNames(this::name, PATIENCE_MILLIS);

        Map<Long, String> found = names.of(numbers(100, 1100));

        assertThat(found).hasSize(500).containsEntry(101L, "\\Device\\101").doesNotContainKey(100L);
        assertThat(threads).hasSize(1);
        assertThat(names.of(List.of())).isEmpty();
        assertThat(threads).hasSize(1);
    }

    @Test
    void whatIsNeverAnsweredEndsItForGood() {
        WindowsNames names = new WindowsNames(this::name, PATIENCE_MILLIS);
        try {
            assertThat(names.of(numbers(11, 20))).containsOnlyKeys(11L);
            assertThat(names.of(numbers(100, 110))).isEmpty();
            assertThat(asked).hasValue(3);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aLongListMayTakeItsTime() {
        WindowsNames names = new WindowsNames(
                number -> {
                    try {
                        Thread.sleep(PATIENCE_MILLIS / 4);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return "x";
                },
                PATIENCE_MILLIS * 4);

        assertThat(names.of(numbers(100, 140))).hasSize(40);
    }
}
