package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.Witness;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What every part of the tracker works with: the registry, those who can be asked, and where findings go. */
final class Scene {
    /** Standard input, output and error: POSIX programs redirect them, and the JDK never frees them. */
    static final long LAST_STANDARD_FD = 2;

    private static final int MOST_LOOKS = 3;

    final Registry registry;
    final Recorder recorder;
    final Witness witness;
    final Holders holders;
    final Inside inside = new Inside();
    final Sweeps sweeps = new Sweeps();
    /** The agent came to a running JVM. */
    final boolean attachedLate;

    /** Told when an armed owner has been collected: JDK 11 to 15 with {@code leaks=on} only, else {@code null}. */
    ReferenceQueue<Object> collected;
    /** Told of closes that a Cleaner makes: with {@code leaks=on} only, else {@code null}. */
    Rescues rescues;

    /** True in its first element: some event has been lost. */
    boolean[] missed = {false};
    /** What was lost was lost before that time, on the scale of {@link System#nanoTime()}. Only grows. */
    private final AtomicLong missedUntil = new AtomicLong(System.nanoTime());

    private volatile boolean anyMissed;

    private final FindingSink findings;
    private final FindingSink ownFindings;
    /** Keeps every event, or {@code null}. */
    final Journal journal;

    Scene(
            Registry registry,
            Recorder recorder,
            Witness witness,
            OwnerNumbers numbers,
            FindingSink findings,
            FindingSink ownFindings,
            boolean attachedLate,
            Journal journal) {
        this.registry = registry;
        this.recorder = recorder;
        this.witness = witness;
        this.holders = new Holders(numbers);
        this.findings = findings;
        this.ownFindings = ownFindings;
        this.attachedLate = attachedLate;
        this.journal = journal;
    }

    void publish(Finding finding) {
        if (Thread.currentThread() instanceof AgentThread) {
            ownFindings.offer(finding);
        } else {
            findings.offer(finding);
        }
    }

    /** Publishes what happened to the application's handle, whichever thread has found it out. */
    void publishFor(Life victim, Finding finding) {
        if (victim.opening().agentOwned()) {
            ownFindings.offer(finding);
        } else {
            findings.offer(finding);
        }
    }

    /**
     * Whether the close of this life may have been made and its mark lost: a hook without stack or memory tells nobody, and
     * the call goes on. Such a life looks open, and whoever gets its number unseen like a stranger.
     */
    boolean closeMayBeLost(Life life) {
        noteMissed();
        Act opened = life.opened();
        return anyMissed && (opened == null || opened.nanos() - missedUntil.get() <= 0);
    }

    /** Asked before an open is recorded, too: what is opened after a loss is then beyond doubt. */
    void noteMissed() {
        if (missed[0]) {
            lowerFlag();
        }
    }

    /** Whatever is open by now may be over. */
    private void lowerFlag() {
        // For others who look.
        missedUntil(System.nanoTime());
        VarHandle.fullFence();
        missed[0] = false;
        VarHandle.fullFence();
        // For what was lost before the flag was down; what is lost later raises it again.
        missedUntil(System.nanoTime());
    }

    private void missedUntil(long nanos) {
        long before = missedUntil.get();
        while (nanos - before > 0 && !missedUntil.compareAndSet(before, nanos)) {
            before = missedUntil.get();
        }
        anyMissed = true;
    }

    /** As {@link Holders#held}, but nobody is known to hold what may have been closed by him. */
    boolean held(Life life, Object except) {
        return holders.held(life, except) && !closeMayBeLost(life);
    }

    void note(String what, Hook hook, long number, String outcome) {
        if (journal != null) {
            journal.note(what, hook, number, outcome);
        }
    }

    /** What is behind a number now, as people name it: a socket's addresses, a path, or else the OS's own word. */
    String describe(Hook hook, long number, Life current) {
        String addresses = current == null ? null : holders.addresses(current);
        return addresses != null ? addresses : witness.describe(hook.space, number);
    }

    Answer ask(Hook hook, long number) {
        return ask(hook.space, number);
    }

    /**
     * The OS's word, asked for again where the number is open and nothing behind it a moment later: Windows makes a handle for
     * some calls, an event to wait for the end of a read, and that of another thread may have the free number for some microseconds.
     */
    Answer ask(Space space, long number) {
        Answer os = witness.ask(space, number);
        for (int i = 0; i < MOST_LOOKS && os == Answer.OPEN && space == Space.HANDLE && isNothing(number); i++) {
            os = witness.ask(space, number);
        }
        return os;
    }

    private boolean isNothing(long handle) {
        return witness.describe(Space.HANDLE, handle) == null;
    }

    /** The same for a life whose number is open now. */
    String describe(Life life) {
        String addresses = holders.addresses(life);
        return addresses != null ? addresses : witness.describe(life.space(), life.number());
    }
}
