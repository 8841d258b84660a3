package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Verdict;

/**
 * The story of Microsoft KB Q155738: the handle of a {@code _beginthread} thread was closed by hand, its number went to
 * somebody else, and the C runtime closes it once more when the thread ends. No hook sees that second close.
 */
final class ThreadEnd {
    /** The function of the C runtime that closes the handle. */
    static final String API = "crt:_endthread";

    private ThreadEnd() {}

    /** The thread's handle that was closed by hand under this number before, or {@code null}. */
    static Life closedByHandBefore(Life victim) {
        for (Life life = victim.previous(); life != null; life = life.previous()) {
            if (life.opening().endsWithThread() && life.state() == Life.KILLED && life.incident() != null) {
                return life;
            }
        }
        return null;
    }

    /**
     * @param noticed how it came out that the victim had been closed unseen
     * @param nanos when
     */
    static Finding finding(Verdict noticed, Life thread, Life victim, long nanos) {
        Act rogue = Act.unseenClose(API, nanos);
        Incident incident = (Incident) thread.incident();
        victim.kill(rogue);
        victim.joinIncident(incident);
        return new Finding(
                Judge.threadEnded(noticed),
                victim,
                rogue,
                null,
                thread.closed(),
                thread,
                victim,
                incident,
                null,
                null,
                null);
    }

    /** The thread has ended, and the C runtime has closed its handle, before it was closed by hand. */
    static void over(Life thread) {
        thread.kill(Act.unseenClose(API, System.nanoTime()));
    }
}
