package io.notsock.catalog;

import java.util.ArrayList;
import java.util.List;

/** Reads the value of a {@code method}, {@code call} or {@code function} line. */
final class TargetReader {
    private static final int MAX_FEATURE = 9999;

    private final String file;
    private final int line;
    private final Key key;
    private final String value;

    TargetReader(String file, int line, Key key, String value) {
        this.file = file;
        this.line = line;
        this.key = key;
        this.value = value;
    }

    Target target() {
        List<String> words = words(value);
        Range jdk = Range.ALL;
        int end = words.size();
        String last = words.get(end - 1);
        if (end > 1 && last.charAt(0) == '@') {
            jdk = range(file, line, last.substring(1));
            end--;
        }
        if (key == Key.METHOD) {
            if (end != 1) {
                throw fail("bad method '" + value + "'; accepted: CLASS.NAME(DESCRIPTOR)RETURN [@RANGE]");
            }
            return signature(Target.Kind.METHOD, words.get(0), List.of(), jdk);
        }
        String form = key == Key.CALL ? "CLASS.NAME(DESCRIPTOR)RETURN in CLASS[, CLASS]" : "NAME in LIBRARY[, LIBRARY]";
        if (end < 3 || !words.get(1).equals("in")) {
            throw fail("bad " + key.label() + " '" + value + "'; accepted: " + form + " [@RANGE]");
        }
        List<String> within = list(words.subList(2, end), form);
        if (key == Key.CALL) {
            for (String caller : within) {
                String type = Target.callerClass(caller);
                String method = Target.callerMethod(caller);
                if (!isClass(type.endsWith(".*") ? type.substring(0, type.length() - 2) : type)
                        || (method != null && !method.equals("<init>") && !isName(method))) {
                    throw fail("bad class name '" + caller + "' after 'in'; accepted: dotted, may start with '*.'; ends"
                            + " with '.*' for a whole package, with '#METHOD' for one method");
                }
            }
            return signature(Target.Kind.CALL, words.get(0), within, jdk);
        }
        String name = words.get(0);
        if (!isName(name)) {
            throw fail("bad function name '" + name + "'; accepted: a C identifier");
        }
        return new Target(Target.Kind.FUNCTION, "", name, "", within, jdk);
    }

    private Target signature(Target.Kind kind, String text, List<String> within, Range jdk) {
        int open = text.indexOf('(');
        int dot = open < 0 ? -1 : text.lastIndexOf('.', open);
        if (dot <= 0) {
            throw fail("bad " + key.label() + " '" + text + "'; accepted: CLASS.NAME(DESCRIPTOR)RETURN");
        }
        String owner = text.substring(0, dot);
        String name = text.substring(dot + 1, open);
        String descriptor = text.substring(open);
        if (!isClass(owner)) {
            throw fail("bad class name '" + owner + "'; accepted: dotted, may start with '*.'");
        }
        boolean constructor = name.equals("<init>");
        if (!constructor && !isName(name)) {
            throw fail("bad method name '" + name + "'; accepted: a Java name or <init>");
        }
        if (Descriptors.arguments(descriptor) == null || constructor && !descriptor.endsWith(")V")) {
            throw fail("malformed descriptor '" + descriptor + "'; accepted: "
                    + (constructor ? "of a constructor, such as (I)V" : "such as (ILjava/lang/String;)V"));
        }
        return new Target(kind, owner, name, descriptor, within, jdk);
    }

    private List<String> list(List<String> words, String form) {
        List<String> result = new ArrayList<>(words.size());
        boolean comma = true;
        for (String word : words) {
            int from = 0;
            while (from < word.length()) {
                int at = word.indexOf(',', from);
                String item = word.substring(from, at < 0 ? word.length() : at);
                if (item.isEmpty() || !comma) {
                    throw fail("bad " + key.label() + " '" + value + "' at '" + word + "'; accepted: " + form);
                }
                result.add(item);
                comma = at >= 0;
                from = at < 0 ? word.length() : at + 1;
            }
        }
        if (comma) {
            throw fail("bad " + key.label() + " '" + value + "' ends with a comma; accepted: " + form);
        }
        return result;
    }

    /** A range of feature releases: {@code 11..}, {@code 17..21} or {@code 25}. */
    static Range range(String file, int line, String text) {
        int dots = text.indexOf("..");
        int first = number(dots < 0 ? text : text.substring(0, dots));
        int last = dots < 0 ? first : dots + 2 == text.length() ? Integer.MAX_VALUE : number(text.substring(dots + 2));
        if (first < 0 || last < 0) {
            throw new CatalogException(
                    file, line, "bad range of JDK releases '" + text + "'; accepted: 11.. or 17..21 or 25");
        }
        if (first > last) {
            throw new CatalogException(file, line, "empty range '" + text + "'; accepted: the lower release first");
        }
        return new Range(first, last);
    }

    /** The words of a value, which holds at least one. */
    static List<String> words(String value) {
        List<String> words = new ArrayList<>(4);
        int at = 0;
        while (at < value.length()) {
            int end = at;
            while (end < value.length() && value.charAt(end) != ' ' && value.charAt(end) != '\t') {
                end++;
            }
            if (end > at) {
                words.add(value.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }

    private static int number(String text) {
        int result = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || result > MAX_FEATURE) {
                return -1;
            }
            result = result * 10 + c - '0';
        }
        return text.isEmpty() || result > MAX_FEATURE ? -1 : result;
    }

    private static boolean isClass(String name) {
        return Descriptors.isClassName(name.startsWith("*.") ? name.substring(2) : name);
    }

    private static boolean isName(String name) {
        return name.indexOf('.') < 0 && Descriptors.isClassName(name);
    }

    private CatalogException fail(String problem) {
        return new CatalogException(file, line, problem);
    }
}
