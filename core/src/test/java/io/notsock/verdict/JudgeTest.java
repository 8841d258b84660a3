package io.notsock.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import io.notsock.evidence.Witness.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every branch of the judge. A verdict is written as its {@code toString}. */
class JudgeTest {
    private static final String FOREIGN = "ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE";
    private static final String FOREIGN_MAYBE = "WARN FOREIGN_CLOSE SUSPECTED culprit ROGUE";

    @ParameterizedTest
    @CsvSource({
        "HELD,    false, false, RIGHTFULLY,  OPEN,    silent",
        "OPEN,    false, false, RIGHTFULLY,  OPEN,    silent",
        "HELD,    true,  false, RIGHTFULLY,  OPEN,    " + FOREIGN,
        "HELD,    true,  false, RIGHTFULLY,  UNKNOWN, " + FOREIGN_MAYBE,
        "HELD,    true,  false, RIGHTFULLY,  CLOSED,  silent",
        "CLOSING, false, false, RIGHTFULLY,  UNKNOWN, WARN DOUBLE_CLOSE SUSPECTED culprit ROGUE if refused",
        "CLOSED,  false, true,  RIGHTFULLY,  OPEN,    consequence",
        "KILLED,  false, true,  REPORTED,    OPEN,    consequence",
        "CLOSED,  false, false, RIGHTFULLY,  CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit ROGUE",
        "CLOSED,  false, false, RIGHTFULLY,  UNKNOWN, WARN DOUBLE_CLOSE SUSPECTED culprit ROGUE",
        "CLOSED,  false, false, RIGHTFULLY,  OPEN,    WARN CLOSE_OF_REUSED SUSPECTED culprit ROGUE",
        "CLOSED,  false, false, BY_STRANGER, CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit FIRST_CLOSE",
        "KILLED,  false, false, REPORTED,    CLOSED,  consequence",
        "KILLED,  false, false, REPORTED,    UNKNOWN, consequence",
        "KILLED,  false, false, REPORTED,    OPEN,    WARN CLOSE_OF_REUSED SUSPECTED culprit FIRST_CLOSE",
        "NOTHING, false, false, RIGHTFULLY,  CLOSED,  silent",
        "UNKNOWN, false, false, RIGHTFULLY,  CLOSED,  silent",
    })
    void anObjectClosesItsOwnLife(
            Now now, boolean foreign, boolean cutAfterEnd, Ended ended, Answer os, String verdict) {
        assertThat(Judge.ownerCloses(now, foreign, cutAfterEnd, ended, os)).hasToString(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "HELD,    RIGHTFULLY,  false, OPEN,    ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE",
        "OPEN,    RIGHTFULLY,  false, UNKNOWN, WARN CLOSE_OF_REUSED SUSPECTED culprit ROGUE",
        "HELD,    REPORTED,    false, OPEN,    ERROR CLOSE_OF_REUSED CERTAIN culprit FIRST_CLOSE",
        "HELD,    BY_STRANGER, false, OPEN,    ERROR CLOSE_OF_REUSED CERTAIN culprit FIRST_CLOSE",
        "HELD,    RIGHTFULLY,  false, CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit ROGUE",
        "HELD,    REPORTED,    false, CLOSED,  consequence",
        "CLOSING, RIGHTFULLY,  false, UNKNOWN, WARN DOUBLE_CLOSE SUSPECTED culprit ROGUE",
        "CLOSING, REPORTED,    false, UNKNOWN, consequence",
        "CLOSED,  RIGHTFULLY,  false, CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit ROGUE",
        "CLOSED,  RIGHTFULLY,  false, OPEN,    WARN CLOSE_OF_REUSED SUSPECTED culprit ROGUE",
        "KILLED,  RIGHTFULLY,  true,  OPEN,    consequence",
        "UNKNOWN, RIGHTFULLY,  false, OPEN,    silent",
        "UNKNOWN, RIGHTFULLY,  false, CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit ROGUE",
        "NOTHING, RIGHTFULLY,  false, UNKNOWN, WARN DOUBLE_CLOSE SUSPECTED culprit ROGUE",
    })
    void anObjectWhoseLifeIsOverCloses(Now now, Ended ended, boolean sameIncident, Answer os, String verdict) {
        assertThat(Judge.staleCloses(now, ended, sameIncident, os)).hasToString(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "NOTHING, true,  true,  CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit UNKNOWN",
        "CLOSED,  false, true,  CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit UNKNOWN",
        "CLOSED,  true,  true,  OPEN,    silent",
        "CLOSED,  true,  true,  UNKNOWN, silent",
        "HELD,    true,  true,  OPEN,    WARN CLOSE_OF_REUSED SUSPECTED culprit UNKNOWN",
        "HELD,    true,  false, OPEN,    silent",
        "HELD,    false, true,  OPEN,    " + FOREIGN,
        "HELD,    false, false, OPEN,    " + FOREIGN,
        "HELD,    false, false, UNKNOWN, " + FOREIGN_MAYBE,
        "HELD,    false, false, CLOSED,  silent",
        "OPEN,    true,  true,  OPEN,    silent",
        "OPEN,    false, true,  OPEN,    silent",
    })
    void anObjectNeverSeenWithTheNumberCloses(
            Now now, boolean attachedLate, boolean rawCloseBefore, Answer os, String verdict) {
        assertThat(Judge.strangerCloses(now, attachedLate, rawCloseBefore, os)).hasToString(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "HELD,    false, false, OPEN,    " + FOREIGN,
        "HELD,    false, false, UNKNOWN, " + FOREIGN_MAYBE,
        "HELD,    false, false, CLOSED,  silent",
        "HELD,    true,  false, OPEN,    ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE",
        "HELD,    true,  false, UNKNOWN, WARN CLOSE_OF_REUSED SUSPECTED culprit ROGUE",
        "CLOSING, false, false, UNKNOWN, WARN DOUBLE_CLOSE SUSPECTED culprit ROGUE if refused",
        "CLOSED,  false, false, OPEN,    silent",
        "CLOSED,  false, false, CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit ROGUE",
        "KILLED,  false, true,  CLOSED,  ERROR DOUBLE_CLOSE CERTAIN culprit UNKNOWN",
        "CLOSED,  false, true,  UNKNOWN, WARN DOUBLE_CLOSE SUSPECTED culprit UNKNOWN if refused",
        "OPEN,    false, false, OPEN,    silent",
        "NOTHING, false, false, CLOSED,  silent",
        "UNKNOWN, true,  true,  CLOSED,  silent",
    })
    void aPlainIntegerIsClosed(Now now, boolean sameCloser, boolean lastCloseRaw, Answer os, String verdict) {
        assertThat(Judge.rawCloses(now, sameCloser, lastCloseRaw, os)).hasToString(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "HELD, false, OPEN,    " + FOREIGN_MAYBE,
        "HELD, true,  OPEN,    " + FOREIGN,
        "HELD, true,  UNKNOWN, " + FOREIGN_MAYBE,
        "HELD, true,  CLOSED,  silent",
        "OPEN, true,  OPEN,    silent",
    })
    void aPlainIntegerIsReplaced(Now now, boolean sameCloser, Answer os, String verdict) {
        assertThat(Judge.rawReplaces(now, sameCloser, os)).hasToString(verdict);
    }

    @ParameterizedTest
    @EnumSource(Now.class)
    void aNumberGivenOutAgainIsEvidenceOnlyAgainstAHeldLife(Now before) {
        assertThat(Judge.reopened(before))
                .hasToString(before == Now.HELD ? "WARN HIDDEN_CLOSE CERTAIN culprit UNKNOWN" : "silent");
    }

    @ParameterizedTest
    @CsvSource({
        "true,  CLOSED,  false, WARN HIDDEN_CLOSE CONFIRMED culprit UNKNOWN",
        "true,  CLOSED,  true,  WARN HIDDEN_CLOSE SUSPECTED culprit UNKNOWN",
        "true,  OPEN,    false, silent",
        "true,  UNKNOWN, false, silent",
        "false, CLOSED,  false, silent",
    })
    void aRefusedRightfulCloseShowsAHiddenOneOnlyWhereItCanMeanNothingElse(
            boolean onlyIfClosed, Answer os, boolean late, String verdict) {
        assertThat(Judge.refused(onlyIfClosed, os, late)).hasToString(verdict);
    }

    @Test
    void aRaceIsTheStrangersFault() {
        assertThat(Judge.raced()).hasToString(FOREIGN);
    }

    @Test
    void aSweepHasNoNumberInMind() {
        Verdict reused = Judge.rawCloses(Now.HELD, true, false, Answer.OPEN);
        Verdict free = Judge.rawCloses(Now.CLOSED, false, false, Answer.CLOSED);

        assertThat(Judge.inSweep(reused)).hasToString(FOREIGN);
        assertThat(Judge.inSweep(free)).isSameAs(free);
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE_CLOSE,    SUSPECTED, ROGUE,       REFUSED, false, false, ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE",
        "CLOSE_OF_REUSED, CERTAIN,   ROGUE,       REFUSED, false, false, ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE",
        "CLOSE_OF_REUSED, CERTAIN,   FIRST_CLOSE, REFUSED, false, true,  consequence",
        "FOREIGN_CLOSE,   CERTAIN,   ROGUE,       REFUSED, true,  false, silent",
        "FOREIGN_CLOSE,   CERTAIN,   ROGUE,       SUCCESS, true,  false, " + FOREIGN,
        "DOUBLE_CLOSE,    CERTAIN,   UNKNOWN,     SUCCESS, true,  false, silent",
        "DOUBLE_CLOSE,    CERTAIN,   ROGUE,       SUCCESS, false, false, WARN CLOSE_OF_REUSED SUSPECTED culprit ROGUE",
        "CLOSE_OF_REUSED, CERTAIN,   ROGUE,       UNSEEN,  false, false, ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE",
    })
    void theOutcomeConfirmsChangesOrEnds(
            AlertKind kind,
            Confidence confidence,
            Culprit culprit,
            Outcome outcome,
            boolean raw,
            boolean reported,
            String verdict) {
        assertThat(Judge.conclude(Verdict.of(kind, confidence, culprit), outcome, raw, reported))
                .hasToString(verdict);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void whatHoldsOnlyIfRefusedIsSilentOtherwise(Outcome outcome) {
        Verdict pending = Judge.rawCloses(Now.CLOSING, false, false, Answer.UNKNOWN);

        assertThat(Judge.conclude(pending, outcome, true, false).silent()).isEqualTo(outcome != Outcome.REFUSED);
        assertThat(Judge.conclude(Verdict.CONSEQUENCE, outcome, true, false)).isSameAs(Verdict.CONSEQUENCE);
    }

    @Test
    void whatIsSuspectedIsAWarningAtMost() {
        for (AlertKind kind : AlertKind.values()) {
            assertThat(Verdict.of(kind, Confidence.SUSPECTED, Culprit.UNKNOWN).level())
                    .isNotEqualTo(Level.ERROR);
        }
    }
}
