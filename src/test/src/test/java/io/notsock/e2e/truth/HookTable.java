package io.notsock.e2e.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads docs/hooks-linux.md: what is hooked by which entry, and which entries the truth run cannot reach and why. */
record HookTable(List<Row> rows, TreeMap<String, String> unreached) {
    private static final Pattern ID = Pattern.compile("`([a-z]+(?:(?:[.-][a-z0-9-]+)+|\\.\\*))`");

    /** One way in which a handle comes or goes. */
    record Row(String what, Set<String> entries, String remark) {}

    /** Whether the table says why this entry sees nothing; a last {@code .*} there stands for all of a family. */
    boolean excuses(String entry) {
        return unreached.keySet().stream()
                .anyMatch(id ->
                        id.endsWith(".*") ? entry.startsWith(id.substring(0, id.length() - 1)) : id.equals(entry));
    }

    static HookTable read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        TreeMap<String, String> unreached = new TreeMap<>();
        String header = "";
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("|")) {
                header = "";
                continue;
            }
            String[] cells = line.substring(1).split("\\|", -1);
            if (header.isEmpty()) {
                header = cells[0].trim();
            } else if (!cells[0].startsWith("---")) {
                if (header.equals("What")) {
                    rows.add(new Row(cells[0].trim(), ids(cells[1]), cells[2].trim()));
                } else if (header.equals("Unreached")) {
                    ids(cells[0]).forEach(id -> unreached.put(id, cells[1].trim()));
                }
            }
        }
        return new HookTable(rows, unreached);
    }

    private static Set<String> ids(String cell) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher m = ID.matcher(cell);
        while (m.find()) {
            ids.add(m.group(1));
        }
        return ids;
    }
}
