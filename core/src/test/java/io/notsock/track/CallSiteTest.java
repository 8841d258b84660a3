package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.program.Closers;
import org.junit.jupiter.api.Test;

/** Which two raw closes count as made by one hand, by real stacks. */
class CallSiteTest {
    private static final Recorder RECORDER = new Recorder(StackPolicy.ALL);

    private static Act close() {
        return RECORDER.record(Act.What.CLOSE, "ffm:close", true);
    }

    @Test
    void oneMethodThatClosesTwiceIsOneHand() {
        Act first = Closers.janitor(CallSiteTest::close);
        Act second = Closers.janitor(CallSiteTest::close);

        assertThat(CallSite.same(first, second)).isTrue();
    }

    @Test
    void twoUsersOfOneWrapperAreNot() {
        Act first = Closers.janitor(CallSiteTest::close);
        Act second = Closers.worker(CallSiteTest::close);

        assertThat(CallSite.same(first, second)).isFalse();
    }

    @Test
    void aCallThroughTheWrapperAndOneWithoutAreNot() {
        Act first = Closers.worker(CallSiteTest::close);
        Act second = Closers.directly(CallSiteTest::close);

        assertThat(CallSite.same(first, second)).isFalse();
    }

    @Test
    void framesOfTheJdkBetweenTheCallersDoNotCount() {
        Act plain = Closers.of(CallSiteTest::close);
        Act throughTheJdk = Closers.throughTheJdk(CallSiteTest::close);

        assertThat(CallSite.same(plain, throughTheJdk)).isTrue();
    }

    @Test
    void withoutStacksNothingIsTheSame() {
        Act bare = new Recorder(StackPolicy.OFF).record(Act.What.CLOSE, "jna:close", false);

        assertThat(CallSite.same(bare, bare)).isFalse();
    }
}
