package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code history}: what is known of one number in a running JVM. */
final class HistoryCommand extends Command {
    HistoryCommand() {
        super("history", "PID NUMBER [--json]", "tells what is known of one handle number: opened and closed by whom");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "NUMBER is a descriptor, or on Windows the value of a HANDLE or SOCKET, decimal or as 0x1F4. How many past",
                "lives of a number are kept is the agent's option history. --json: schema notsock.history/1.",
                "Status 3: no such JVM, or it runs without the agent.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        List<String> words = new ArrayList<>(args);
        boolean json = words.remove("--json");
        if (words.size() != 2) {
            return usage(err);
        }
        try {
            if (Long.decode(words.get(1)) < 0) {
                return usage(err);
            }
        } catch (NumberFormatException e) {
            return usage(err);
        }
        return Asking.ask(words.get(0), "number " + words.get(1) + (json ? " json" : ""), out, err);
    }
}
