package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code java -jar notsock-agent.jar COMMAND}. Exit statuses: 0 fine, 2 usage, 3 cannot. */
public final class CommandLine {
    private static final int FINE = 0;
    private static final int USAGE = 2;
    private static final int CANNOT = 3;

    private CommandLine() {}

    /** Runs one command; the exit status. */
    public static int run(String[] args) {
        return run(args, System.out, System.err);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String command = args.length == 0 ? "help" : args[0];
        switch (command) {
            case "help":
            case "--help":
            case "-h":
                help(out);
                return args.length == 0 ? USAGE : FINE;
            case "check-catalog":
                if (args.length == 2) {
                    return checkCatalog(args[1], null, out, err);
                }
                return args.length == 4 && args[2].equals("--classpath")
                        ? checkCatalog(args[1], args[3], out, err)
                        : usage(err, "check-catalog FILE [--classpath JARS]");
            case "cache":
                return cache(args, out, err);
            default:
                err.println("notsock: unknown command '" + command + "'; accepted: cache, check-catalog, help");
                return USAGE;
        }
    }

    private static void help(PrintStream out) {
        out.println("notsock: tracks the OS handles of a JVM and names who closed what twice");
        out.println();
        out.println("  java -javaagent:notsock-agent.jar[=key=value,...] ...   run a program under the agent");
        out.println("  java -jar notsock-agent.jar check-catalog FILE          check a catalog of handle APIs");
        out.println("      [--classpath JARS]                                  and what it matches in these jars");
        out.println(
                "  java -jar notsock-agent.jar cache warm -o DIR           weave this JVM's classes now, for cache=DIR");
        out.println("  java -jar notsock-agent.jar help                        this text");
    }

    private static int usage(PrintStream err, String form) {
        err.println("notsock: usage: java -jar notsock-agent.jar " + form);
        return USAGE;
    }

    private static int cache(String[] args, PrintStream out, PrintStream err) {
        if (args.length == 2 && args[1].equals(CacheWarm.LOAD)) {
            CacheWarm.load();
            return FINE;
        }
        if (args.length != 4 || !args[1].equals("warm") || !args[2].equals("-o")) {
            return usage(err, "cache warm -o DIR");
        }
        try {
            return new CacheWarm(Path.of(args[3]).toAbsolutePath(), out, err).run() ? FINE : CANNOT;
        } catch (IOException | InvalidPathException e) {
            err.println("notsock: cache warm: cannot be written: " + e);
            return CANNOT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CANNOT;
        }
    }

    private static int checkCatalog(String file, String classpath, PrintStream out, PrintStream err) {
        try {
            return new CheckCatalog(file, out, err).run(classpath) ? FINE : CANNOT;
        } catch (IOException e) {
            err.println("notsock: cannot be read: " + e);
            return CANNOT;
        }
    }
}
