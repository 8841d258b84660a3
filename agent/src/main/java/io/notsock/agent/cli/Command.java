package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** One command of the command line: how it is called, what it says of itself, and what it does. */
abstract class Command {
    /** The command did what it was asked to. */
    static final int FINE = 0;
    /** Alerts were found, and the caller asked to be told so by the status. */
    static final int ALERTS = 1;
    /** The arguments are not understood; said on stderr. */
    static final int USAGE = 2;
    /** What was asked for cannot be done here; said on stderr. */
    static final int CANNOT = 3;

    private final String name;
    private final String form;
    private final String summary;

    /**
     * @param form the arguments, such as {@code "PID [--json]"}
     * @param summary half a line for the list of commands
     */
    Command(String name, String form, String summary) {
        this.name = name;
        this.form = form;
        this.summary = summary;
    }

    String name() {
        return name;
    }

    /** How it is called, name included. */
    String form() {
        return form.isEmpty() ? name : name + " " + form;
    }

    String summary() {
        return summary;
    }

    /** What {@code help NAME} says besides form and summary; lines. */
    abstract List<String> details();

    /**
     * Does it.
     *
     * @param args what follows the name
     * @return the exit status
     * @throws IOException what went wrong, which is said in one line; the status is {@link #CANNOT} then
     */
    abstract int run(List<String> args, PrintStream out, PrintStream err) throws IOException;

    /** Says how the command is called. */
    int usage(PrintStream err) {
        err.println("notsock: usage: java -jar notsock-agent.jar " + form());
        err.println("notsock: 'help " + name + "' says more");
        return USAGE;
    }
}
