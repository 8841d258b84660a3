package io.notsock.agent.hook;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the hook of a native function by its name and library.
 *
 * <p>Asked for every call through JNA, so the name decides first (a hash that the String has cached); the library is only
 * looked at for the few names the catalog knows, since other libraries have functions called {@code close} too.
 */
public final class NativeFunctions {
    private final Map<String, Function> functions = new HashMap<>();

    private static final class Function {
        final int hook;
        final List<String> libraries;

        Function(int hook, List<String> libraries) {
            this.hook = hook;
            this.libraries = libraries;
        }
    }

    /** @param entries the catalog for this runtime; an entry's index is its hook's index */
    public NativeFunctions(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            for (Target target : entries.get(i).targets()) {
                if (target.kind() == Target.Kind.FUNCTION) {
                    functions.put(target.name(), new Function(i, target.within()));
                }
            }
        }
    }

    /** The hook's index, or -1 where the function is none of the catalog's. */
    int find(String name, Object library) {
        Function function = functions.get(name);
        return function != null && named(function.libraries, fileName(library)) ? function.hook : -1;
    }

    /** Windows does not care for case, and JNA takes a name without its ending as it was given. */
    private static boolean named(List<String> libraries, String file) {
        if (libraries.contains(file)) {
            return true;
        }
        String lower = file.toLowerCase(Locale.ROOT);
        return libraries.contains(lower.endsWith(".dll") ? lower : lower.concat(".dll"));
    }

    /**
     * The library's file name out of JNA's {@code NativeLibrary.toString()}: {@code Native Library <PATH@HANDLE>}. For the
     * process itself JNA has no path and writes {@code null} or {@code <process>}.
     */
    static String fileName(Object library) {
        String text = String.valueOf(library);
        int start = text.indexOf('<') + 1;
        int end = text.lastIndexOf('@');
        if (start <= 0 || end < start) {
            return text;
        }
        String path = text.substring(start, end);
        if (path.equals("null")) {
            return "<process>";
        }
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
