package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** {@code java -jar notsock-agent.jar COMMAND}. Exit statuses: 0 fine, 1 alerts found where asked for, 2 usage, 3 cannot. */
public final class CommandLine {
    private static final List<Command> COMMANDS = List.of(
            new AttachCommand(),
            new ListCommand(),
            new HistoryCommand(),
            new ReportCommand(),
            new BaselineCommand(),
            new DoctorCommand(),
            new CheckCatalogCommand(),
            new CacheCommand());

    private CommandLine() {}

    /** Runs one command; the exit status. */
    public static int run(String[] args) {
        return run(args, System.out, System.err);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String name = args.length == 0 ? "help" : args[0];
        List<String> rest = args.length == 0 ? List.of() : List.of(args).subList(1, args.length);
        if (name.equals("help") || name.equals("--help") || name.equals("-h")) {
            return help(rest, args.length == 0, out, err);
        }
        Command command = find(name);
        if (command == null) {
            return unknown(name, err);
        }
        if (rest.contains("--help") || rest.contains("-h")) {
            return help(List.of(name), false, out, err);
        }
        try {
            return command.run(rest, out, err);
        } catch (OtherJvm.NoProcessId e) {
            err.println("notsock: " + name + ": " + e.getMessage());
            return command.usage(err);
        } catch (IOException e) {
            err.println("notsock: " + name + ": " + reason(e));
            return Command.CANNOT;
        } catch (RuntimeException | OutOfMemoryError e) { // a name that is no path here, a file larger than the heap
            err.println("notsock: " + name + ": " + e);
            return Command.CANNOT;
        }
    }

    /** Of a file the JDK's message is mostly its name alone. */
    private static String reason(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof AccessDeniedException) {
            return message + ": no permission";
        }
        return e instanceof NoSuchFileException ? message + ": no such file" : message;
    }

    private static Command find(String name) {
        for (Command command : COMMANDS) {
            if (command.name().equals(name)) {
                return command;
            }
        }
        return null;
    }

    private static int unknown(String name, PrintStream err) {
        StringBuilder names = new StringBuilder();
        for (Command command : COMMANDS) {
            names.append(command.name()).append(", ");
        }
        err.println("notsock: unknown command '" + name + "'; accepted: " + names + "help");
        return Command.USAGE;
    }

    private static int help(List<String> about, boolean unasked, PrintStream out, PrintStream err) {
        if (about.isEmpty()) {
            overview(out);
            return unasked ? Command.USAGE : Command.FINE;
        }
        Command command = find(about.get(0));
        if (command == null) {
            return unknown(about.get(0), err);
        }
        out.println("java -jar notsock-agent.jar " + command.form());
        out.println();
        out.println(command.summary());
        for (String line : command.details()) {
            out.println(line);
        }
        return Command.FINE;
    }

    private static void overview(PrintStream out) {
        out.println("notsock: tracks the OS handles of a JVM and names who closed what twice");
        out.println();
        out.println("  java -javaagent:notsock-agent.jar[=key=value,...] ...");
        out.println("      runs a program under the agent");
        for (Command command : COMMANDS) {
            out.println("  java -jar notsock-agent.jar " + command.form());
            out.println("      " + command.summary());
        }
        out.println("  java -jar notsock-agent.jar help [COMMAND]");
        out.println("      this text, or more about a command");
        out.println();
        out.println("Exit status: 0 fine, 1 alerts found where --fail-on asks, 2 usage, 3 cannot.");
    }
}
