package io.notsock.agent.start;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.agent.weave.Weaver;
import io.notsock.catalog.Entry;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.catalog.Target;
import io.notsock.track.HookTable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What works on this JVM and what does not: hooks that could not be woven, failures inside hooks, the self-test.
 *
 * <p>A hook that is missing takes the verdicts with it that rely on it: lives whose closing it would have shown are no
 * longer guarded. Thread-safe; called while classes are loaded, so it only counts and remembers.
 */
public final class Health implements Weaver.Listener, HookReceiver.FailureListener {
    private static final int MOST_NOTED = 100;

    private final HookTable hooks;
    private final RuntimeCatalog catalog;
    private final ConcurrentLinkedQueue<String> missing = new ConcurrentLinkedQueue<>();
    /** How many of them have been said. */
    private int said;

    private boolean saidHookFailure;

    private final AtomicLong hookFailures = new AtomicLong();
    private volatile String selfTestFailure;
    private volatile String firstHookFailure;
    private volatile boolean tested;

    Health(HookTable hooks) {
        this.hooks = hooks;
        this.catalog = hooks.catalog();
    }

    @Override
    public void missing(int entry, String target) {
        hooks.markBroken(entry);
        hooks.unguardWhatIsClosedBy(entry);
        note(catalog.entry(entry).id().concat(": no ").concat(target));
    }

    @Override
    public void absent(int entry) {
        hooks.unguardWhatIsClosedBy(entry);
    }

    @Override
    public void roadMissing(String className) {
        note(className.concat(": native functions that are called this way are not seen"));
    }

    @Override
    public void landmarkMissing(String className) {
        note(className.concat(": the agent cannot be joined to it"));
    }

    @Override
    public void failed(String className, Throwable reason) {
        for (int i = 0; i < catalog.size(); i++) {
            Entry entry = catalog.entry(i);
            if (entry != null && concerns(entry, className)) {
                hooks.markBroken(i);
                hooks.unguardWhatIsClosedBy(i);
            }
        }
        note(className.concat(": not woven: ").concat(String.valueOf(reason)));
    }

    /** The same is noted once, however many class loaders have it; not more than a user would read. */
    private void note(String line) {
        if (missing.size() < MOST_NOTED && !missing.contains(line)) {
            missing.add(line);
        }
    }

    private static boolean concerns(Entry entry, String className) {
        for (Target target : entry.targets()) {
            if (target.kind() == Target.Kind.METHOD && WeavePlan.isNamed(target.owner(), className)) {
                return true;
            }
            for (String caller : target.within()) {
                if (target.kind() == Target.Kind.CALL && WeavePlan.isNamed(Target.callerClass(caller), className)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void hookFailed(Throwable failure) {
        if (hookFailures.incrementAndGet() == 1) {
            firstHookFailure = failure.getClass().getName();
        }
    }

    void selfTestEnded(String failure) {
        selfTestFailure = failure;
        tested = true;
    }

    /** Says in one line what does not work: on stderr only where something does not, in a log file always. */
    void report(Outputs outputs) {
        said = missing.size();
        saidHookFailure = hookFailures.get() > 0;
        String wrong = summary();
        if (wrong != null) {
            AgentStart.complain(wrong);
        }
        outputs.note(wrong != null ? wrong : "the self-test passed; " + entries() + " hooks, none missing");
        if (outputs.alertsFile() != null) {
            // The option may have named it relative to a folder that nobody knows later.
            outputs.note("alerts are written to " + outputs.alertsFile().toAbsolutePath());
        }
    }

    /** Says what has been found missing since, in classes that were loaded later. On the agent's thread, every few seconds. */
    void reportLater(Outputs outputs) {
        if (!saidHookFailure && hookFailures.get() > 0) {
            saidHookFailure = true;
            say("an event was lost by a failure, a " + firstHookFailure + "; further ones are counted", outputs);
        }
        if (said == missing.size()) {
            return;
        }
        List<String> later = List.copyOf(missing);
        String line = later.size() - said + " more hooks are missing, handles of their kind are not judged: "
                + String.join("; ", later.subList(said, later.size()));
        said = later.size();
        say(line, outputs);
    }

    private static void say(String line, Outputs outputs) {
        AgentStart.complain(line);
        outputs.note(line);
    }

    private int entries() {
        int count = 0;
        for (int i = 0; i < catalog.size(); i++) {
            count += catalog.entry(i) == null ? 0 : 1;
        }
        return count;
    }

    /** One line on what is missing on this JVM and what stays unseen by it, or {@code null}. */
    public String summary() {
        if (missing.isEmpty() && selfTestFailure == null && hookFailures.get() == 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        if (selfTestFailure != null) {
            line.append("the self-test failed (").append(selfTestFailure).append("): double closes may go unseen. ");
        }
        if (!missing.isEmpty()) {
            line.append(missing.size())
                    .append(" hooks are missing on this JVM, handles of their kind are not judged: ")
                    .append(String.join("; ", missing))
                    .append(' ');
        }
        if (hookFailures.get() > 0) {
            line.append(hookFailures.get())
                    .append(" events lost by failures, the first a ")
                    .append(firstHookFailure);
        }
        return line.toString().trim();
    }

    /**
     * One line for each entry: its id, its role, its kind ({@code method}, {@code call}, {@code function}), the class or
     * function, and what is missing; tab separated. Only what was loaded so far can be missing.
     */
    void describe(StringBuilder lines) {
        for (int i = 0; i < catalog.size(); i++) {
            Entry entry = catalog.entry(i);
            if (entry == null) {
                continue;
            }
            Target first = entry.targets().get(0);
            StringBuilder missed = new StringBuilder();
            for (String line : missing) {
                if (line.startsWith(entry.id().concat(": "))) {
                    missed.append(missed.length() == 0 ? "" : "; ")
                            .append(line, entry.id().length() + 2, line.length());
                }
            }
            lines.append(entry.id()).append('\t').append(entry.role().label()).append('\t');
            lines.append(first.kind().name().toLowerCase(Locale.ROOT))
                    .append('\t')
                    .append(first)
                    .append('\t');
            lines.append(missed).append('\n');
        }
    }

    /** Whether the self-test has run. */
    public boolean tested() {
        return tested;
    }

    public long hookFailures() {
        return hookFailures.get();
    }

    public List<String> missingHooks() {
        return List.copyOf(missing);
    }
}
