package io.notsock.junit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reports that a build wants of its tests, {@code report.FORMAT=FILE}: written by the agent when a test plan has ended. A JVM
 * may have many plans, one for each class in some builds: a file always has the alerts of all of them.
 */
final class Reports {
    private static final String PREFIX = "report.";
    private static final List<String> FORMATS = List.of("github", "html", "junit", "markdown", "sarif");
    /** The settings of this class. */
    static final List<String> KEYS = keys();

    private static final String STDOUT = "-";
    private static final String WRITTEN = "written ";

    /** What was printed in this JVM: an annotation is said once. */
    private static final Set<String> PRINTED = new HashSet<>();

    private final TestRun tests;
    private final Map<String, String> files = new LinkedHashMap<>();

    Reports(TestRun tests, Settings settings) {
        this.tests = tests;
        for (String format : FORMATS) {
            settings.get(PREFIX + format).ifPresent(file -> files.put(format, file));
        }
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String format : FORMATS) {
            keys.add(PREFIX + format);
        }
        return keys;
    }

    /** Writes them all, and says of each that cannot be written why. Without the agent there are none. */
    void write() {
        if (!tests.watched()) {
            return;
        }
        files.forEach((format, file) -> {
            String answer = tests.report(format, file);
            if (file.equals(STDOUT) && answer != null && !answer.startsWith("failed ")) {
                print(format, answer);
            } else if (answer == null || !answer.startsWith(WRITTEN)) {
                Say.once(Settings.PREFIX + PREFIX + format + "=" + file + ": cannot be written: "
                        + (answer == null
                                ? "the agent in this JVM did not answer"
                                : answer.substring(answer.indexOf(' ') + 1)));
            }
        });
    }

    private static void print(String format, String text) {
        StringBuilder news = new StringBuilder();
        synchronized (PRINTED) {
            for (String part : format.equals("github") ? text.split("(?<=\n)", -1) : new String[] {text}) {
                if (PRINTED.add(part)) {
                    news.append(part);
                }
            }
        }
        System.out.print(news);
        System.out.flush();
    }
}
