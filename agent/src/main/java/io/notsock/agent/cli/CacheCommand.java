package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** {@code cache warm}: its arguments, and the inner command of its second JVM. */
final class CacheCommand extends Command {
    CacheCommand() {
        super("cache", "warm -o DIR", "weaves this JVM's classes now, for images whose containers set cache=DIR");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "A second JVM runs under the agent and loads all classes of this JDK that have hooks. The file it leaves",
                "in DIR is valid for this jar and this JDK only; give the folder to the agent as cache=DIR.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.equals(List.of(CacheWarm.LOAD))) {
            CacheWarm.load();
            return FINE;
        }
        if (args.size() != 3 || !args.get(0).equals("warm") || !args.get(1).equals("-o")) {
            return usage(err);
        }
        try {
            return new CacheWarm(Path.of(args.get(2)).toAbsolutePath(), out, err).run() ? FINE : CANNOT;
        } catch (IOException | InvalidPathException e) {
            err.println("notsock: cache warm: cannot be written: " + e);
            return CANNOT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CANNOT;
        }
    }
}
