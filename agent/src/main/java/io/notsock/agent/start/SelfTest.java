package io.notsock.agent.start;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.alert.AlertKind;
import io.notsock.track.Finding;
import io.notsock.track.FindingSink;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * Provokes one harmless violation at start and checks that it is seen: silence must never look like health.
 *
 * <p>A stream opens a file of its own; a second descriptor object over the same number closes it: a {@code FOREIGN_CLOSE}.
 * Then the first lets go without closing, so that the OS sees exactly one close. It runs in the agent's thread, whose
 * findings come here instead of to the alerts.
 */
final class SelfTest implements FindingSink {
    private static final int ATTEMPTS = 3;

    private volatile Finding seen;

    @Override
    public void offer(Finding finding) {
        seen = finding;
    }

    /** Again where it failed: at the moment of a first alert the bug that is looked for may hit a descriptor of ours, too. */
    void run(Health health) {
        String failure = attempt();
        for (int again = 1; failure != null && again < ATTEMPTS; again++) {
            failure = attempt();
        }
        health.selfTestEnded(failure);
    }

    private String attempt() {
        seen = null;
        try {
            return provoke();
        } catch (IOException | RuntimeException | LinkageError e) {
            return e.toString();
        }
    }

    private String provoke() throws IOException {
        String file = System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
        FileInputStream first = new FileInputStream(file);
        FileDescriptor held = first.getFD();
        FileDescriptor second = HookReceiver.copyOf(held);
        HookReceiver.closeAsOwner(second);
        HookReceiver.letGo(held);
        first.close(); // has nothing left to close
        Finding finding = seen;
        if (finding == null) {
            return "a planted foreign close was not seen";
        }
        return finding.verdict().kind() == AlertKind.FOREIGN_CLOSE
                ? null
                : "a planted foreign close was taken for " + finding.verdict();
    }
}
