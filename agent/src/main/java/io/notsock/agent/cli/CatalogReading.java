package io.notsock.agent.cli;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogException;
import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.Entry;
import java.util.ArrayList;
import java.util.List;

/** Reads a catalog file to its end: every mistake in it and not only the first, and the entries that have none. */
final class CatalogReading {
    private final List<Entry> builtIn;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    CatalogReading(String file, String text) {
        String os = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
        Catalog base = Catalog.builtIn(os);
        builtIn = base.entries();
        String[] lines = text.split("\n", -1);
        boolean again = true;
        while (again) {
            try {
                Catalog all = new CatalogParser(base)
                        .read(file, String.join("\n", lines))
                        .catalog();
                all.entries().stream()
                        .filter(entry -> base.entry(entry.id()) == null)
                        .forEach(entries::add);
                again = false;
            } catch (CatalogException e) {
                mistakes.add(e.getMessage());
                again = blankEntry(lines, e.line() - 1);
            }
        }
    }

    /** The entries that are right. */
    List<Entry> entries() {
        return entries;
    }

    /** The same, and those that every agent has. */
    List<Entry> allEntries() {
        List<Entry> all = new ArrayList<>(builtIn);
        all.addAll(entries);
        return all;
    }

    /** One line each: where, what is wrong, and what is accepted. */
    List<String> mistakes() {
        return mistakes;
    }

    /** Empties the lines of the entry that holds a line, so that the others can be read; their numbers stay the same. */
    private static boolean blankEntry(String[] lines, int wrong) {
        if (wrong < 0 || wrong >= lines.length || lines[wrong].isEmpty()) {
            return false;
        }
        int first = wrong;
        while (first > 0 && isWithinEntry(lines[first])) {
            first--;
        }
        int last = wrong + 1;
        while (last < lines.length && isWithinEntry(lines[last])) {
            last++;
        }
        for (int i = first; i < last; i++) {
            lines[i] = "";
        }
        return true;
    }

    private static boolean isWithinEntry(String line) {
        return line.isEmpty() || Character.isWhitespace(line.charAt(0)) || line.charAt(0) == '#';
    }
}
