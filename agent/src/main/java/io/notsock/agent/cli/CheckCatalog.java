package io.notsock.agent.cli;

import io.notsock.agent.weave.CodeIndex;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogException;
import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code check-catalog FILE [--classpath JARS]}: every mistake in the file and not only the first, and what its targets
 * match in jars that hold the library.
 */
final class CheckCatalog {
    private final String file;
    private final PrintStream out;
    private final PrintStream err;
    private boolean failed;

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
        List<Entry> entries = entries(Files.readString(Path.of(file)));
        out.println(file + ": " + entries.size() + (entries.size() == 1 ? " entry" : " entries")
                + (failed ? " without errors" : ", no errors"));
        if (classpath == null) {
            entries.forEach(
                    entry -> out.println("  " + entry.id() + ": " + entry.role().label()));
            return !failed;
        }
        CodeIndex code = CodeIndex.of(classpath);
        for (Entry entry : entries) {
            out.println("  " + entry.id() + ": " + entry.role().label());
            boolean matched = false;
            for (Target target : entry.targets()) {
                matched |= matches(target, code);
            }
            if (!matched) {
                failed = true;
                err.println("notsock: " + file + ": entry '" + entry.id() + "' matches nothing in the given jars");
            }
        }
        unnamed(entries, code);
        return !failed;
    }

    // --- parsing
    // ---------------------------------------------------------------------------------------------------------

    /** The entries of the file that are right; for each of the others a line on what is wrong. */
    private List<Entry> entries(String text) {
        String[] lines = text.split("\n", -1);
        String os = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
        Catalog base = Catalog.builtIn(os);
        while (true) {
            try {
                Catalog all = new CatalogParser(base)
                        .read(file, String.join("\n", lines))
                        .catalog();
                List<Entry> own = new ArrayList<>();
                for (Entry entry : all.entries()) {
                    if (base.entry(entry.id()) == null) {
                        own.add(entry);
                    }
                }
                return own;
            } catch (CatalogException e) {
                failed = true;
                err.println("notsock: " + e.getMessage());
                if (!blankEntry(lines, e.line() - 1)) {
                    return List.of();
                }
            }
        }
    }

    /** Empties the lines of the entry that holds a line, so that the others can be read; their numbers stay the same. */
    private static boolean blankEntry(String[] lines, int wrong) {
        if (wrong < 0 || wrong >= lines.length || lines[wrong].isEmpty()) {
            return false;
        }
        int first = wrong;
        while (first > 0 && isIndented(lines[first])) {
            first--;
        }
        int last = wrong + 1;
        while (last < lines.length && isIndented(lines[last])) {
            last++;
        }
        for (int i = first; i < last; i++) {
            lines[i] = "";
        }
        return true;
    }

    private static boolean isIndented(String line) {
        return line.isEmpty() || Character.isWhitespace(line.charAt(0)) || line.charAt(0) == '#';
    }

    // --- matching
    // --------------------------------------------------------------------------------------------------------

    private boolean matches(Target target, CodeIndex code) {
        switch (target.kind()) {
            case METHOD:
                return matchesBody(target, code);
            case CALL:
                return matchesCalls(target, code);
            default:
                out.println("    " + target + ": found when it is called through JNA or FFM");
                return true;
        }
    }

    private boolean matchesBody(Target target, CodeIndex code) {
        List<String> others = new ArrayList<>();
        for (CodeIndex.Method method : code.methods) {
            if (!WeavePlan.isNamed(target.owner(), method.owner)) {
                continue;
            }
            if (method.name.equals(target.name()) && isDescriptor(target, method.owner, method.descriptor)) {
                if (method.isNative || method.isAbstract) {
                    out.println("    " + target + ": is " + (method.isNative ? "native" : "abstract")
                            + " and has no body; accepted: 'call " + method + " in CLASS' for its calls"
                            + callersOf(code, method));
                    return false;
                }
                out.println("    " + target + ": matches");
                return true;
            }
            if (method.name.equals(target.name())) {
                others.add(method.toString());
            }
        }
        out.println("    " + target + ": not there" + didYouMean(others));
        return false;
    }

    private boolean matchesCalls(Target target, CodeIndex code) {
        Set<String> within = new TreeSet<>();
        Set<String> elsewhere = new TreeSet<>();
        Set<String> others = new LinkedHashSet<>();
        int count = 0;
        for (CodeIndex.Call call : code.calls) {
            if (!call.name.equals(target.name()) || !WeavePlan.isNamed(target.owner(), call.owner)) {
                continue;
            }
            String caller = call.caller.replace('/', '.');
            if (!isDescriptor(target, call.owner, call.descriptor)) {
                others.add(call.owner.replace('/', '.') + "." + call.name + call.descriptor);
            } else if (isWithin(target, call.caller)) {
                within.add(caller);
                count++;
            } else {
                elsewhere.add(caller);
            }
        }
        StringBuilder line = new StringBuilder("    ").append(target).append(": ");
        if (count > 0) {
            line.append(count).append(count == 1 ? " call in " : " calls in ").append(String.join(", ", within));
        } else {
            line.append("no call").append(elsewhere.isEmpty() ? didYouMean(others) : "");
        }
        if (!elsewhere.isEmpty()) {
            line.append("; called in ").append(String.join(", ", elsewhere)).append(" too, which 'in' does not name");
        }
        out.println(line);
        return count > 0;
    }

    private static boolean isWithin(Target target, String caller) {
        for (String pattern : target.within()) {
            if (WeavePlan.isNamed(Target.callerClass(pattern), caller)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDescriptor(Target target, String declaring, String descriptor) {
        return WeavePlan.isDescriptor(target.owner(), target.descriptor(), declaring, descriptor);
    }

    private static String didYouMean(Iterable<String> others) {
        String list = String.join(", ", others);
        return list.isEmpty() ? "" : "; did you mean " + list + "?";
    }

    private static String callersOf(CodeIndex code, CodeIndex.Method method) {
        Set<String> callers = new TreeSet<>();
        for (CodeIndex.Call call : code.calls) {
            if (call.owner.equals(method.owner)
                    && call.name.equals(method.name)
                    && call.descriptor.equals(method.descriptor)) {
                callers.add(call.caller.replace('/', '.'));
            }
        }
        return callers.isEmpty() ? "" : ", which are in " + String.join(", ", callers);
    }

    // --- what is left out
    // ------------------------------------------------------------------------------------------------

    /** Natives that take or give a number or a descriptor, and that no call target names: perhaps they are handles too. */
    private void unnamed(List<Entry> entries, CodeIndex code) {
        TreeMap<String, String> natives = new TreeMap<>();
        for (CodeIndex.Method method : code.methods) {
            if (method.isNative && carriesNumber(method.descriptor) && !isNamed(entries, method)) {
                natives.put(method.toString(), callersOf(code, method));
            }
        }
        if (natives.isEmpty()) {
            return;
        }
        out.println("  natives with a number or a descriptor that no entry names:");
        natives.forEach((method, callers) -> out.println("    " + method
                + (callers.isEmpty()
                        ? ", which nothing here calls"
                        : callers.replace(", which are in ", ", called in "))));
    }

    private static boolean carriesNumber(String descriptor) {
        return descriptor.contains("Ljava/io/FileDescriptor;")
                || descriptor.replaceAll("L[^;]*;", "").matches(".*[IJ].*");
    }

    private static boolean isNamed(List<Entry> entries, CodeIndex.Method method) {
        for (Entry entry : entries) {
            for (Target target : entry.targets()) {
                if (target.kind() == Target.Kind.CALL
                        && target.name().equals(method.name)
                        && WeavePlan.isNamed(target.owner(), method.owner)
                        && isDescriptor(target, method.owner, method.descriptor)) {
                    return true;
                }
            }
        }
        return false;
    }
}
