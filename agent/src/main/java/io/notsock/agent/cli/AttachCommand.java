package io.notsock.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** {@code attach}: puts the agent into a running JVM. */
final class AttachCommand extends Command {
    AttachCommand() {
        super("attach", "PID [key=value,...]", "starts the agent in a running JVM");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "The options are those behind -javaagent:notsock-agent.jar=, for instance alerts=/tmp/alerts.jsonl.",
                "What was opened before stays unknown: nobody is accused because of it. Where the agent is in charge",
                "already, nothing changes. A JVM of Java 21 or later warns on its stderr of an agent that was loaded at",
                "run time, unless it was started with -XX:+EnableDynamicAgentLoading.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (args.isEmpty() || args.size() > 2) {
            return usage(err);
        }
        String pid = args.get(0);
        OtherJvm jvm = new OtherJvm(pid);
        boolean before;
        try {
            before = jvm.ask("health") != null;
        } catch (OtherJvm.NoAnswer e) {
            before = true; // an older one, which is in charge all the same
        }
        if (before) {
            out.println("process " + pid + " is under the agent already; nothing was changed"
                    + (args.size() == 2 ? ", the options given now are not in force" : ""));
            return FINE;
        }
        jvm.startAgent(args.size() == 2 ? args.get(1) : "");
        if (jvm.ask("health") == null) {
            err.println("notsock: attach: the agent did not start in process " + pid + "; its stderr says why");
            return CANNOT;
        }
        out.println("process " + pid + " is under the agent now; what was opened before is unknown");
        return FINE;
    }
}
