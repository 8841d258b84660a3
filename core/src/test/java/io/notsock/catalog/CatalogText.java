package io.notsock.catalog;

import io.notsock.handle.HandleType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Writes entries as a catalog file says them, with every key spelt out. */
final class CatalogText {
    private CatalogText() {}

    static String of(Catalog catalog) {
        return catalog.entries().stream().map(CatalogText::of).collect(Collectors.joining("\n"));
    }

    static String of(Entry entry) {
        List<String> lines = new ArrayList<>();
        lines.add("entry " + entry.id());
        lines.add("  role " + entry.role().label());
        lines.add("  os " + String.join(" ", sorted(entry.systems())));
        for (Target target : entry.targets()) {
            lines.add("  " + target + " @" + target.jdk());
        }
        if (entry.role() == Role.COUNT) {
            lines.add("  flag " + entry.flag());
        } else if (entry.role().explains()) {
            lines.add("  owner " + entry.owner());
        } else {
            lines.add("  space " + entry.space().label());
            lines.add(
                    "  number " + entry.numbers().stream().map(Place::toString).collect(Collectors.joining(" ")));
            lines.add("  owner " + (entry.owner() == null ? "none" : entry.owner()) + (entry.armed() ? " armed" : ""));
            lines.add("  fails " + entry.failure().label());
        }
        if (entry.type() != HandleType.UNKNOWN) {
            lines.add("  type " + entry.type().label());
        }
        if (entry.source() != null) {
            lines.add("  source " + entry.source());
        }
        if (entry.closer() != null) {
            lines.add("  closer " + entry.closer());
        }
        if (entry.onlyIfPositive()) {
            lines.add("  when positive");
        }
        if (entry.condition() != null) {
            lines.add("  when " + entry.condition());
        }
        if (entry.forVmLife()) {
            lines.add("  lifetime vm");
        }
        if (!entry.closedBy().isEmpty()) {
            lines.add("  closed-by " + String.join(" ", sorted(entry.closedBy())));
        }
        if (entry.api() != null) {
            lines.add("  api " + entry.api());
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> sorted(Iterable<String> words) {
        List<String> result = new ArrayList<>();
        words.forEach(result::add);
        Collections.sort(result);
        return result;
    }
}
