package io.notsock.os;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Witness;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import org.junit.jupiter.api.Test;

/** When an answer of "unknown" is for the moment only. */
class WitnessOnDemandTest {
    private final WitnessOnDemand witness = new WitnessOnDemand();

    @Test
    void nothingIsPendingBeforeSomebodyNeedsIt() {
        assertThat(witness.pending()).isFalse();
        assertThat(witness.ask(Space.HANDLE, 4)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void itIsPendingUntilItIsThere() {
        witness.expect();
        assertThat(witness.pending()).isTrue();
        witness.make(() -> new Witness() {
            @Override
            public Answer ask(Space space, long number) {
                return Answer.OPEN;
            }

            @Override
            public String describe(Space space, long number) {
                return null;
            }
        });
        assertThat(witness.pending()).isFalse();
        assertThat(witness.ask(Space.HANDLE, 4)).isEqualTo(Answer.OPEN);
    }

    @Test
    void whatCannotBeMadeIsNotPending() {
        witness.expect();
        witness.make(() -> {
            throw new UnsatisfiedLinkError("no JNA here");
        });
        assertThat(witness.pending()).isFalse();
        assertThat(witness.state()).contains("no JNA here");
    }
}
