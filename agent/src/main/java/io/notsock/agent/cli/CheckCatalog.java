package io.notsock.agent.cli;

import io.notsock.agent.weave.CodeIndex;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code check-catalog FILE [--classpath JARS]}: every mistake in the file and not only the first, and what its targets
 * match in jars that hold the library.
 */
final class CheckCatalog {
    private final String file;
    private final PrintStream out;
    private final PrintStream err;

    CheckCatalog(String file, PrintStream out, PrintStream err) {
        this.file = file;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @param classpath jars and folders, or {@code null}
     * @return whether everything is right
     */
    boolean run(String classpath) throws IOException {
        CatalogReading reading = new CatalogReading(file, Files.readString(Path.of(file)));
        reading.mistakes().forEach(mistake -> err.println("notsock: " + mistake));
        boolean right = reading.mistakes().isEmpty();
        int count = reading.entries().size();
        out.println(file + ": " + count + (count == 1 ? " entry" : " entries")
                + (right ? ", no errors" : " without errors"));
        CodeIndex code = classpath == null ? null : CodeIndex.of(classpath);
        for (Entry entry : reading.entries()) {
            out.println("  " + entry.id() + ": " + entry.role().label());
            right &= code == null || matches(entry, code);
        }
        if (code != null) {
            tellUnnamed(new UnnamedNatives(reading.allEntries(), code).lines());
        }
        return right;
    }

    private boolean matches(Entry entry, CodeIndex code) {
        boolean found = false;
        for (Target target : entry.targets()) {
            TargetMatch match = new TargetMatch(entry, target, code);
            out.println("    " + match);
            found |= match.found();
        }
        if (!found) {
            err.println("notsock: " + file + ": entry '" + entry.id() + "' matches nothing in the given jars");
        }
        return found;
    }

    private void tellUnnamed(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println("  natives with a number or a descriptor that no entry names:");
            lines.forEach(line -> out.println("    " + line));
        }
    }
}
