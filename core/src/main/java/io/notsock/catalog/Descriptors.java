package io.notsock.catalog;

import java.util.ArrayList;
import java.util.List;

/** JVM descriptors, as far as a catalog file needs them: JVMS 4.3, without reflection or regular expressions. */
final class Descriptors {
    static final String FILE_DESCRIPTOR = "Ljava/io/FileDescriptor;";

    private Descriptors() {}

    /** The argument types of a method descriptor, or {@code null} where it is malformed. */
    static List<String> arguments(String method) {
        List<String> types = new ArrayList<>();
        if (method.isEmpty() || method.charAt(0) != '(') {
            return null;
        }
        int at = 1;
        while (at < method.length() && method.charAt(at) != ')') {
            int end = endOfType(method, at);
            if (end < 0) {
                return null;
            }
            types.add(method.substring(at, end));
            at = end;
        }
        if (at >= method.length()) {
            return null;
        }
        String result = method.substring(at + 1);
        return result.equals("V") || isType(result) ? types : null;
    }

    /** The return type of a well-formed method descriptor. */
    static String result(String method) {
        return method.substring(method.indexOf(')') + 1);
    }

    /** Whether this is one well-formed field descriptor. */
    static boolean isType(String type) {
        return !type.isEmpty() && endOfType(type, 0) == type.length();
    }

    /** Whether a well-formed field descriptor names a class or an array. */
    static boolean isReference(String type) {
        return type.charAt(0) == 'L' || type.charAt(0) == '[';
    }

    /** Whether a value of this type is a handle's number, or holds it. */
    static boolean isNumber(String type) {
        return type.equals("I") || type.equals("J") || type.equals(FILE_DESCRIPTOR);
    }

    /** Whether this is a dotted class name. */
    static boolean isClassName(String name) {
        boolean start = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (start) {
                    return false;
                }
                start = true;
            } else if (start ? !Character.isJavaIdentifierStart(c) : !Character.isJavaIdentifierPart(c)) {
                return false;
            } else {
                start = false;
            }
        }
        return !start;
    }

    private static int endOfType(String s, int from) {
        int at = from;
        while (at < s.length() && s.charAt(at) == '[') {
            at++;
        }
        if (at >= s.length()) {
            return -1;
        }
        char kind = s.charAt(at);
        if (kind == 'L') {
            int end = s.indexOf(';', at);
            return end > at + 1 && isInternalName(s, at + 1, end) ? end + 1 : -1;
        }
        return "BCDFIJSZ".indexOf(kind) >= 0 ? at + 1 : -1;
    }

    private static boolean isInternalName(String s, int from, int to) {
        boolean start = true;
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (c == '/') {
                if (start) {
                    return false;
                }
                start = true;
            } else if (!Character.isJavaIdentifierPart(c)) {
                return false;
            } else {
                start = false;
            }
        }
        return !start;
    }
}
