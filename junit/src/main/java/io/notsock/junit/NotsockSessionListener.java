package io.notsock.junit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Brings notsock into every launcher session: JUnit finds it by {@code ServiceLoader}. */
public final class NotsockSessionListener implements LauncherSessionListener {
    /** Called by JUnit. */
    public NotsockSessionListener() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        TestRun tests = TestRun.current();
        if (!tests.connect()) {
            Attach.once();
            tests.connect();
        }
        session.getLauncher().registerTestExecutionListeners(new PlanListener(tests));
    }
}
