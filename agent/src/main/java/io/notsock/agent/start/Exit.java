package io.notsock.agent.start;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.agent.weave.ExitWeaver;
import io.notsock.alert.Level;
import io.notsock.report.AppendFile;
import io.notsock.track.AgentThread;
import io.notsock.track.Journal;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.List;

/**
 * The end of the JVM: writes what waits, and where {@code exitcode} asks for it, ends with that status.
 *
 * <p>It runs in the last of the JDK's own shutdown slots ({@code java.lang.Shutdown}: 0 console, 1 the application's hooks,
 * 2 delete-on-exit), because alerts can come up in the application's shutdown hooks, and because a {@code halt} in one of
 * those would cut the others off (JaCoCo writes its dump in one). Where the slot cannot be had, an ordinary shutdown hook
 * writes the alerts and the status stays.
 */
final class Exit implements HookReceiver.ExitListener, Runnable {
    private static final int LAST_SLOT = 9;
    /** On a machine with nothing else to do it takes milliseconds. */
    private static final long PATIENCE_MILLIS = 20_000;

    private static final long SPEAKING_MILLIS = 1_000;

    private final int exitCode;
    private final Tracking tracking;
    private final Backstage backstage;
    private final long mainThread;
    private volatile int status;
    private volatile boolean lastSlot;

    Exit(Tracking tracking, Backstage backstage) {
        this.exitCode = tracking.options.exitCode();
        // premain runs where main will
        this.mainThread =
                tracking.late ? threadCalledMain() : Thread.currentThread().getId();
        this.tracking = tracking;
        this.backstage = backstage;
    }

    /** For an agent that comes later, in a thread of the JVM's; -1 where {@code main} has ended already. */
    private static long threadCalledMain() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[group.activeCount() + 100];
        int count = group.enumerate(threads);
        long lowest = -1; // an application may call other threads so, but the first is the launcher's
        for (int i = 0; i < count; i++) {
            Thread thread = threads[i];
            if (thread.getName().equals("main") && (lowest < 0 || thread.getId() < lowest)) {
                lowest = thread.getId();
            }
        }
        return lowest;
    }

    void install(Instrumentation instrumentation) {
        lastSlot = takeLastSlot();
        if (!lastSlot) {
            Runtime.getRuntime().addShutdownHook(new Thread(null, this, "notsock-exit", 0, false));
        }
        if (exitCode != 0) {
            if (!lastSlot || !ExitWeaver.weave(instrumentation)) {
                AgentStart.complain("exitcode=" + exitCode + ": cannot be set on this JVM, the status stays");
            }
        }
    }

    private boolean takeLastSlot() {
        try {
            HookReceiver.runAtShutdown(LAST_SLOT, this);
            return true;
        } catch (InternalError | LinkageError e) { // somebody has it; this JDK has no such slots
            return false;
        }
    }

    @Override
    public void exiting(int with) {
        status = with;
    }

    /** The launcher ends with 1 when {@code main} threw (java.c, {@code LEAVE}). */
    @Override
    public void uncaught(Thread thread) {
        if (thread.getId() == mainThread) {
            status = 1;
        }
    }

    /** Whoever called {@code System.exit} may have been interrupted before: then it would wait for nothing. */
    @Override
    public void run() {
        boolean interrupted = Thread.interrupted();
        try {
            end();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end() {
        try {
            Reporting told = backstage.nothingToTell() ? null : tell();
            tracking.cache.run();
            if (told != null && failsFor(told)) {
                endWith(exitCode);
            }
        } catch (Throwable t) { // as in Backstage.run
            complain("the last alerts may not have been written: " + t);
        }
    }

    /** Whoever started the JVM may not read what it says, and wait for its end: then the line is left unsaid. */
    private static void complain(String line) {
        AgentThread speaker = new AgentThread("notsock-exit", () -> AgentStart.complain(line));
        speaker.start();
        try {
            speaker.join(SPEAKING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits; {@code null} where nothing could be made to write it. */
    private Reporting tell() {
        Reporting reporting = backstage.reporting();
        if (reporting == null || !reporting.pipeline.finish(PATIENCE_MILLIS, lastSlot && bySignal())) {
            complain("the last alerts may not have been written: there was no time for it");
            if (reporting == null) {
                return null;
            }
        }
        nameUnused(reporting.pipeline.unusedSuppressions());
        if (reporting.report != null) {
            reporting.report.writeAtExit();
        }
        reporting.answers.finishTestReports();
        writeJournal(reporting.journal);
        return reporting;
    }

    /** Whether the status is to be replaced. */
    private boolean failsFor(Reporting told) {
        return exitCode != 0
                && lastSlot
                && status == 0
                && told.outputs.desk().counters().ofLevel(Level.ERROR) > 0;
    }

    @SuppressWarnings("removal") // a policy of JDK 11 or 17 may allow the application its own statuses only
    private static void endWith(int status) {
        AccessController.doPrivileged((PrivilegedAction<Void>) () -> {
            Runtime.getRuntime().halt(status);
            return null;
        });
    }

    /** The shutdown runs in the thread that began it, and that of a signal's handler is {@code Terminator}'s. */
    private static boolean bySignal() {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (frame.getClassName().startsWith("java.lang.Terminator")) {
                return true;
            }
        }
        return false;
    }

    private static void nameUnused(List<String> suppressions) {
        if (!suppressions.isEmpty()) {
            complain("suppressions that matched no alert: " + String.join(", ", suppressions));
        }
    }

    private void writeJournal(Path journalFile) {
        Journal journal = tracking.journal;
        if (journalFile == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (String line = journal.poll(); line != null; line = journal.poll()) {
            lines.append(line).append('\n');
        }
        try {
            new AppendFile(journalFile, io.notsock.report.HandleGuard.NONE)
                    .append(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            complain("journal=" + journalFile + ": cannot be written: " + e);
        }
    }
}
