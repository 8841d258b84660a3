package io.notsock.agent.cli;

import io.notsock.alert.Alert;
import io.notsock.report.Baseline;
import io.notsock.report.HandleGuard;
import io.notsock.report.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code baseline}: the suppressions that keep known alerts silent, so that a build fails on new ones only. */
final class BaselineCommand extends Command {
    BaselineCommand() {
        super(
                "baseline",
                "ALERTS... [--write-baseline FILE]",
                "prints the suppressions that would keep these alerts silent, so that only new ones fail a build");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "ALERTS are files of the option alerts=; - is stdin. Each line stands once, below a comment that tells of",
                "the alert it comes from. Give the file to the agent as suppressions=FILE.",
                "",
                "  --write-baseline FILE  adds what is missing to FILE (also -o FILE); lines that stand there stay, for",
                "                         what they keep silent is not among the alerts. Unused ones are named by the",
                "                         agent at exit, and by report --suppressions FILE.",
                "",
                "Status 3: a file or a line could not be read; the baseline has the others.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Words words = new Words(args);
        String target = words.option("--write-baseline");
        String alias = words.option("-o");
        List<String> files = words.rest();
        if (words.problem() != null || files.isEmpty()) {
            if (words.problem() != null) {
                err.println("notsock: baseline: " + words.problem());
            }
            return usage(err);
        }
        AlertInput input = new AlertInput(files, err);
        target = target == null ? alias : target;
        if (target == null || target.equals("-")) {
            byte[] lines = new Baseline(input.book().alerts()).missingIn("").getBytes(StandardCharsets.UTF_8);
            out.write(lines, 0, lines.length);
            out.flush();
        } else {
            addTo(target, input.book().alerts(), out);
        }
        if (!input.book().notKept().isEmpty()) {
            err.println("notsock: more alerts than fit into memory, the rest is left out; more heap (-Xmx) takes more");
            return CANNOT;
        }
        return input.unreadable() > 0 ? CANNOT : FINE;
    }

    /** Adds to a suppressions file what it lacks, and says how much that was. */
    static void addTo(String target, List<Alert> alerts, PrintStream told) throws IOException {
        Path file = Path.of(target);
        String before = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        Baseline baseline = new Baseline(alerts);
        String more = baseline.missingIn(before);
        if (!more.isEmpty() || before.isEmpty()) {
            new WholeFile(file, HandleGuard.NONE).write(writer -> writer.write(before + more));
        }
        long lines = more.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .count();
        told.println(target + ": " + lines + (lines == 1 ? " line" : " lines") + " added, "
                + (baseline.lines().size() - lines) + " stood there already");
    }
}
