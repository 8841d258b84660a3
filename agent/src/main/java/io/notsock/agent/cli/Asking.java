package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;

/** A command that hands a question to the agent in another JVM and prints its answer. */
final class Asking {
    private Asking() {}

    static int ask(String pid, String question, PrintStream out, PrintStream err) throws IOException {
        String answer = new OtherJvm(pid).ask(question);
        if (answer == null) {
            err.println("notsock: process " + pid + " runs without the agent, nothing is tracked;" + " 'attach " + pid
                    + "' starts it there, from then on");
            return Command.CANNOT;
        }
        out.print(answer);
        out.flush();
        return Command.FINE;
    }
}
