package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.HandleType;
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
            if (closedByTheRuntime(life)) {
                return null; // a thread ends once
            }
            if (life.opening().endsWithThread() && life.state() == Life.KILLED && life.incident() != null) {
                return life;
            }
        }
        return null;
    }

    private static boolean closedByTheRuntime(Life life) {
        return life.closed() != null && API.equals(life.closed().api());
    }

    /**
     * Forgets a thread's handle whose number names something else by now: its thread has ended and the C runtime has closed
     * it, as it should, and somebody got the number who was not seen. On suspicion only: it asks the OS.
     */
    static void forgetIfGone(Scene scene, Life current) {
        if (current == null || !current.live() || !current.opening().endsWithThread()) {
            return;
        }
        String type = scene.witness.describe(current.space(), current.number());
        if (type != null && !type.equals(HandleType.THREAD.label())) {
            current.forget();
        }
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
