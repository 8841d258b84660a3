package io.notsock.junit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets Jupiter find the extension that can fail tests, and for every other engine says which test an alert belongs to: a
 * listener cannot fail one.
 */
final class PlanListener implements TestExecutionListener {
    private static final String JUPITER = "[engine:junit-jupiter]";
    private static final String SUITE = "[engine:junit-platform-suite]";

    private final TestRun tests;
    private final AutoDetection detection = new AutoDetection();
    private final Map<String, Entered> running = new ConcurrentHashMap<>();
    private boolean suites;
    private Reports reports;

    private static final class Entered {
        private final Scope scope;
        private final Scope before;

        Entered(Scope scope, Scope before) {
            this.scope = scope;
            this.before = before;
        }
    }

    PlanListener(TestRun tests) {
        this.tests = tests;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Settings.sayUnknown(plan.getConfigurationParameters());
        reports = new Reports(tests, new Settings(plan.getConfigurationParameters()::get));
        boolean required = Required.by(plan.getConfigurationParameters()::get);
        if (!tests.watched() && !required) {
            return;
        }
        suites = plan.getRoots().stream()
                .anyMatch(root -> root.getUniqueId().equals(SUITE)
                        && !plan.getChildren(root).isEmpty());
        boolean jupiter =
                plan.getRoots().stream().anyMatch(root -> root.getUniqueId().equals(JUPITER));
        if (jupiter || suites) {
            String problem = detection.enable(plan.getConfigurationParameters());
            if (problem != null) {
                Say.once("tests cannot be failed: " + problem);
            }
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        detection.takeBack();
        tell(tests.leftovers(), "this run");
        if (reports != null) {
            reports.write();
        }
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        String id = identifier.getUniqueId();
        if (id.contains(JUPITER)) {
            if (id.equals(JUPITER) && !suites) {
                detection.takeBack(); // its extensions are registered now
            }
            return;
        }
        if (identifier.isTest() && tests.watched()) {
            Scope scope = tests.run().test(nameOf(identifier), Set.of(), LeakCheck.OFF);
            running.put(id, new Entered(scope, tests.enter(scope)));
        }
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        Entered entered = running.remove(identifier.getUniqueId());
        if (entered != null) {
            tell(tests.leave(entered.scope, entered.before), entered.scope.name());
        }
    }

    private static String nameOf(TestIdentifier identifier) {
        String name = identifier.getLegacyReportingName();
        int engine = identifier.getUniqueId().indexOf(']');
        return identifier.getDisplayName()
                + (name.equals(identifier.getDisplayName()) ? "" : " (" + name + ")")
                + " of " + identifier.getUniqueId().substring(0, engine + 1);
    }

    /** The agent itself has written the whole alerts. */
    private static void tell(List<HandleAlertError> errors, String where) {
        for (HandleAlertError error : errors) {
            String line = error.getMessage().replace("\n", System.lineSeparator());
            System.err.println("notsock: " + where
                    + " has an alert that can fail no test; the option exitcode fails the JVM:" + System.lineSeparator()
                    + line);
        }
    }
}
