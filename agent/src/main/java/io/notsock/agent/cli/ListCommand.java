package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code list}: the open handles of a running JVM. */
final class ListCommand extends Command {
    ListCommand() {
        super("list", "PID [--json]", "lists the open handles of a running JVM: owners, ages, who opened them");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "The JVM has to run under the agent; this command never starts it there. Then follow how many were",
                "opened and closed, the alerts so far, and how the handles that the operating system lists are explained.",
                "--json prints one JSON object with stacks, schema notsock.list/1.",
                "Status 3: no such JVM, or it runs without the agent.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        List<String> words = new ArrayList<>(args);
        boolean json = words.remove("--json");
        if (words.size() != 1) {
            return usage(err);
        }
        return Asking.ask(words.get(0), json ? "list json" : "list", out, err);
    }
}
