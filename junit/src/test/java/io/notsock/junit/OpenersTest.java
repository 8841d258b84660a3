package io.notsock.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose a handle is that was opened by some thread at some time. */
class OpenersTest {
    private static final long OTHER_THREAD = -7;

    private final long thread = Thread.currentThread().getId();
    private final List<Scope> running = new ArrayList<>();
    private final Openers openers = new Openers(() -> running);
    private final Scope type = begin(Scope.run().container("Type", Set.of(), LeakCheck.TEST));

    private Scope begin(Scope scope) {
        scope.begin();
        running.add(scope);
        return scope;
    }

    private Scope test(String name) {
        return begin(type.test(name, Set.of(), LeakCheck.TEST));
    }

    private void end(Scope scope) {
        scope.end();
        running.remove(scope);
        openers.ended(scope);
    }

    @Test
    void aTestIsKnownByItsThreadAlsoWhenItIsOver() {
        Scope first = test("first");
        long nanos = System.nanoTime();
        end(first);
        Scope second = test("second");

        assertThat(openers.of(thread, nanos).scope()).isSameAs(first);
        assertThat(openers.of(thread, nanos).itself()).isTrue();
        assertThat(openers.of(thread, System.nanoTime()).scope()).isSameAs(second);
    }

    @Test
    void betweenTestsItIsTheClass() {
        end(test("first"));
        assertThat(openers.of(thread, System.nanoTime()).scope()).isSameAs(type);
    }

    @Test
    void anotherThreadsIsOfTheOneTestThatRan() {
        Scope only = test("only");
        Openers.Opener opener = openers.of(OTHER_THREAD, System.nanoTime());
        assertThat(opener.scope()).isSameAs(only);
        assertThat(opener.itself()).isFalse();
    }

    /** Two that run side by side: neither may be taken for the other, nor for what an unchecked third one does. */
    @Test
    void amongNeighboursNobodyIsBlamedForAnotherThread() {
        test("first");
        test("second");
        assertThat(openers.of(OTHER_THREAD, System.nanoTime())).isNull();
    }

    /** While a test waits for others its thread may run one of them. */
    @Test
    void ofTwoInOneThreadItIsTheLater() {
        test("outer");
        Scope inner = test("inner");
        assertThat(openers.of(thread, System.nanoTime()).scope()).isSameAs(inner);
    }

    @Test
    void whatWasOpenedOutsideOfAllIsNobodys() {
        long before = System.nanoTime() - 1_000_000_000L;
        assertThat(openers.of(thread, before)).isNull();
        end(type);
        assertThat(openers.of(thread, System.nanoTime())).isNull();
    }
}
