package io.notsock.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What follows from an {@link Examination} of this JVM: one finding for each thing that works, does not, or is worth knowing. */
final class Diagnosis {
    /** How a finding is to be read. */
    enum Grade {
        OK,
        NOTE,
        BAD
    }

    private static final class Finding {
        private final Grade grade;
        private final String subject;
        private final String text;

        Finding(Grade grade, String subject, String text) {
            this.grade = grade;
            this.subject = subject;
            this.text = text;
        }
    }

    /** One entry of the catalog and what became of it. */
    private static final class HookState {
        private final String id;
        private final String role;
        private final String target;
        private final String state;
        private final String missing;

        HookState(String[] fields) {
            id = fields[0];
            role = fields[1];
            target = fields[3];
            missing = fields.length > 4 && !fields[4].isEmpty() ? fields[4] : null;
            boolean library = target.startsWith("*") || target.contains(" *.");
            state = missing != null
                    ? "missing"
                    : fields[2].equals("function")
                            ? "seen when called"
                            : library ? "woven when its library is loaded" : "woven";
        }
    }

    private final List<Finding> findings = new ArrayList<>();
    private final List<HookState> hooks = new ArrayList<>();

    static Diagnosis of(Examination examination) {
        Diagnosis diagnosis = new Diagnosis();
        diagnosis.hooks(examination);
        diagnosis.engine(examination);
        diagnosis.coverage(examination);
        diagnosis.runtime();
        return diagnosis;
    }

    /** Whether nothing is missing that costs verdicts. */
    boolean healthy() {
        for (Finding finding : findings) {
            if (finding.grade == Grade.BAD) {
                return false;
            }
        }
        return true;
    }

    private void add(Grade grade, String subject, String text) {
        findings.add(new Finding(grade, subject, text));
    }

    private void hooks(Examination examination) {
        int woven = 0;
        int later = 0;
        for (String line : examination.hooks()) {
            HookState hook = new HookState(line.split("\t", -1));
            hooks.add(hook);
            if (hook.missing != null) {
                add(Grade.BAD, "hook " + hook.id, hook.missing + ": handles of its kind are not judged");
            } else if (hook.state.equals("woven")) {
                woven++;
            } else {
                later++;
            }
        }
        if (hooks.isEmpty()) {
            add(Grade.BAD, "hooks", "the agent did not start");
            return;
        }
        add(
                Grade.OK,
                "hooks",
                woven + " of this JDK are in place; " + later + " of libraries and native functions wait for these");
    }

    private void engine(Examination examination) {
        String summary = examination.health("summary");
        if (!"true".equals(examination.health("tested"))) {
            add(Grade.BAD, "self-test", "has not ended");
        } else if (summary != null && !summary.equals("null")) {
            add(Grade.BAD, "self-test", summary);
        } else {
            add(Grade.OK, "self-test", "a planted foreign close was seen");
        }
        String alerts = examination.health("alerts");
        if (alerts != null) {
            add(Grade.OK, "alerts", "are written to " + alerts + ", as the environment or the JVM's options have it");
        }
        String witness = examination.health("witness");
        add(
                Grade.OK,
                "witness",
                witness == null
                        ? "the system is asked through /proc/self/fd"
                        : "the system is asked through JNA, loaded with the application's first native call");
    }

    private void coverage(Examination examination) {
        List<String> unclassified = new ArrayList<>();
        StringBuilder counts = new StringBuilder();
        for (String line : examination.coverage()) {
            if (line.startsWith("unclassified ")) {
                unclassified.add(line.substring("unclassified ".length()));
            } else if (line.indexOf('=') > 0 && !line.endsWith("=0") && !line.startsWith("vanished")) {
                counts.append(counts.length() == 0 ? "" : ", ").append(line.replace("=", " "));
            }
        }
        if (!unclassified.isEmpty()) {
            add(Grade.BAD, "coverage", "handles that nothing explains: " + String.join("; ", unclassified));
        } else if (counts.length() == 0) {
            add(Grade.NOTE, "coverage", "this system gives no list of a process's handles to compare with");
        } else {
            add(Grade.OK, "coverage", "every handle that the system lists is explained: " + counts);
        }
    }

    private void runtime() {
        Path home = Path.of(System.getProperty("java.home"));
        int feature = Runtime.version().feature();
        boolean attaches = OtherJvm.reachable();
        add(
                attaches ? Grade.OK : Grade.NOTE,
                "attach",
                attaches
                        ? "this runtime can attach to others (attach, list, history)"
                        : "this runtime has no module jdk.attach: attach, list and history need a full JDK");
        module("jmx", "java.management", "io.notsock:type=HandleRegistry");
        module("jfr", "jdk.jfr", "events io.notsock.*");
        if (feature >= 24) {
            add(
                    Grade.NOTE,
                    "native access",
                    "Java " + feature
                            + " warns of an application's own JNA or foreign functions, not because of the agent;"
                            + " --enable-native-access=ALL-UNNAMED is the application's to give");
        }
        boolean archive = Files.exists(home.resolve("lib/server/classes.jsa"))
                || Files.exists(home.resolve("bin/server/classes.jsa"));
        add(
                archive ? Grade.OK : Grade.NOTE,
                "start-up",
                archive
                        ? "the JDK has its class archive; an application's own (AppCDS) stays valid under the agent"
                        : "the JDK has no class archive; 'java -Xshare:dump' makes one and every start is faster");
        if (feature >= 24) {
            add(
                    Grade.NOTE,
                    "aot cache",
                    "record it with the same -javaagent on the command line; one recorded without is refused");
        }
    }

    private void module(String subject, String name, String what) {
        boolean there = ModuleLayer.boot().findModule(name).isPresent();
        add(
                there ? Grade.OK : Grade.NOTE,
                subject,
                there ? what + " once the JVM initialises it" : "this runtime has no module " + name + ": no " + what);
    }

    private static String jvm() {
        return "Java " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.vendor") + ")";
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /** For people. */
    String text(boolean everyHook) {
        StringBuilder out = new StringBuilder();
        out.append(jvm()).append(", ").append(system()).append('\n');
        for (Finding finding : findings) {
            String grade = finding.grade == Grade.OK ? "ok  " : finding.grade == Grade.NOTE ? "note" : "BAD ";
            out.append(grade)
                    .append("  ")
                    .append(finding.subject)
                    .append(": ")
                    .append(finding.text)
                    .append('\n');
        }
        if (everyHook) {
            out.append('\n');
            for (HookState hook : hooks) {
                out.append(hook.state).append("  ").append(hook.id).append("  ").append(hook.role);
                out.append("  ").append(hook.target).append('\n');
            }
        }
        return out.toString();
    }

    /** For scripts. */
    String json() throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", "notsock.doctor/1");
            json.writeStringField("jvm", jvm());
            json.writeStringField("os", system());
            json.writeBooleanField("healthy", healthy());
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("grade", finding.grade.name());
                json.writeStringField("subject", finding.subject);
                json.writeStringField("text", finding.text);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("hooks");
            for (HookState hook : hooks) {
                json.writeStartObject();
                json.writeStringField("id", hook.id);
                json.writeStringField("role", hook.role);
                json.writeStringField("target", hook.target);
                json.writeStringField("state", hook.state);
                if (hook.missing != null) {
                    json.writeStringField("missing", hook.missing);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.append('\n').toString();
    }
}
