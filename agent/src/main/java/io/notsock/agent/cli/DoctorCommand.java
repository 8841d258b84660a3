package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code doctor}: what works on the JVM that runs this command, and what does not. */
final class DoctorCommand extends Command {
    DoctorCommand() {
        super("doctor", "[--hooks] [--json]", "says what works on this JVM and this system, hook by hook");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "A second JVM of this Java home runs under the agent, loads every class of the JDK that has hooks, and is",
                "asked. --hooks lists each hook; --json prints all of it, schema notsock.doctor/1.",
                "Status 3: something is missing that costs verdicts.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (args.equals(List.of(Examination.INSIDE))) {
            return Examination.inside(out);
        }
        List<String> words = new ArrayList<>(args);
        boolean json = words.remove("--json");
        boolean hooks = words.remove("--hooks");
        if (!words.isEmpty()) {
            return usage(err);
        }
        Diagnosis diagnosis = Diagnosis.of(Examination.run());
        out.print(json ? diagnosis.json() : diagnosis.text(hooks));
        out.flush();
        return diagnosis.healthy() ? FINE : CANNOT;
    }
}
