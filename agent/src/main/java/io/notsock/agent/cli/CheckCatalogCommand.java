package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** {@code check-catalog}: its arguments. */
final class CheckCatalogCommand extends Command {
    CheckCatalogCommand() {
        super(
                "check-catalog",
                "FILE [--classpath JARS]",
                "checks a catalog of handle APIs, and what it matches in jars");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "Every mistake in the file is said, not only the first. With --classpath, each target says what it",
                "matches in these jars and folders, and natives that no entry names are listed.",
                "Status 3: the file has a mistake, or an entry matches nothing.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) {
        boolean classpath = args.size() == 3 && args.get(1).equals("--classpath");
        if (args.size() != 1 && !classpath) {
            return usage(err);
        }
        try {
            return new CheckCatalog(args.get(0), out, err).run(classpath ? args.get(2) : null) ? FINE : CANNOT;
        } catch (IOException e) {
            err.println("notsock: cannot be read: " + e);
            return CANNOT;
        }
    }
}
