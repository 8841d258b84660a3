package io.notsock.agent.hook;

import java.util.List;
import java.util.Locale;

/** Compares the file name of a loaded library with what a catalog names. */
final class Libraries {
    /** The word of the catalog for the C library under every name it has. */
    private static final String LIBC = "libc";

    /** glibc before 2.34 had its functions for threads, clocks and loading in files of their own. */
    private static final List<String> PARTS_OF_LIBC = List.of("libc", "libpthread", "librt", "libdl", "libsyslookup");

    private Libraries() {}

    /** @param file the file's name without its folder; {@code <process>} for the default lookup */
    static boolean matches(List<String> named, String file) {
        for (String name : named) {
            if (name.equals(file) || (name.equals(LIBC) && isLibc(file))) {
                return true;
            }
        }
        return !named.get(0).equals(LIBC) && matchesDll(named, file);
    }

    /** Windows does not care for case, and JNA takes a name without its ending as it was given. */
    private static boolean matchesDll(List<String> named, String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return named.contains(lower.endsWith(".dll") ? lower : lower.concat(".dll"));
    }

    private static boolean isLibc(String file) {
        if (file.equals("<process>") || file.equals("c") || file.startsWith("ld-musl-")) {
            return true;
        }
        for (String part : PARTS_OF_LIBC) {
            if (file.startsWith(part)) {
                String rest = file.substring(part.length()); // libc.so.6, libc-2.31.so, libc.musl-x86_64.so.1
                if (rest.startsWith(".so")
                        || rest.startsWith(".musl-")
                        || (rest.startsWith("-") && rest.endsWith(".so"))) {
                    return true;
                }
            }
        }
        return false;
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
        return path.equals("null") ? "<process>" : withoutFolder(path);
    }

    static String withoutFolder(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
