package io.notsock.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One concrete place that a catalog entry hooks: a Java method's body, the call sites of a method inside named classes,
 * or a native function called through a foreign-function library.
 */
public final class Target {
    /** How the target is reached. */
    public enum Kind {
        /** Advice around the body of a Java method: {@code method CLASS.NAME(DESCRIPTOR)RETURN}. */
        METHOD,
        /** Advice around calls of a method, usually a native: {@code call CLASS.NAME(DESCRIPTOR)RETURN in CALLER, ...}. */
        CALL,
        /** A native function reached by JNA or FFM: {@code function NAME in LIBRARY, ...}. */
        FUNCTION
    }

    private final Kind kind;
    private final String owner;
    private final String name;
    private final String descriptor;
    private final List<String> within;
    private final Range jdk;

    /**
     * A target.
     *
     * @param owner class that declares the method, dotted; a leading {@code *.} matches relocated copies too; empty for
     *     a function
     * @param descriptor JVM method descriptor; empty for a function
     * @param within callers for a call site (a class, dotted, may start with {@code *.}, {@code PACKAGE.*} or {@code
     *     CLASS#METHOD}), libraries for a function, empty
     *     for a method
     * @param jdk feature releases on which this target exists
     */
    public Target(Kind kind, String owner, String name, String descriptor, List<String> within, Range jdk) {
        this.kind = Objects.requireNonNull(kind);
        this.owner = Objects.requireNonNull(owner);
        this.name = Objects.requireNonNull(name);
        this.descriptor = Objects.requireNonNull(descriptor);
        this.within = List.copyOf(within);
        this.jdk = Objects.requireNonNull(jdk);
    }

    public Kind kind() {
        return kind;
    }

    /** The declaring class, dotted; empty for a function. */
    public String owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    /** The JVM method descriptor; empty for a function. */
    public String descriptor() {
        return descriptor;
    }

    /** The classes that contain the call sites, or the libraries of a function. */
    public List<String> within() {
        return within;
    }

    /**
     * The classes to weave for it, each once: the one that declares the method, or those that call it (a package ends with
     * {@code .*}). None for a function.
     */
    public Set<String> classes() {
        Set<String> classes = new LinkedHashSet<>();
        if (kind == Kind.METHOD) {
            classes.add(owner);
        } else if (kind == Kind.CALL) {
            for (String caller : within) {
                classes.add(callerClass(caller));
            }
        }
        return classes;
    }

    /** The class of a caller, which may name one of its methods too: {@code CLASS#METHOD}. */
    public static String callerClass(String caller) {
        int hash = caller.indexOf('#');
        return hash < 0 ? caller : caller.substring(0, hash);
    }

    /** The method of a caller, or {@code null} for all of its class. */
    public static String callerMethod(String caller) {
        int hash = caller.indexOf('#');
        return hash < 0 ? null : caller.substring(hash + 1);
    }

    /** Whether this class, dotted, contains call sites of this target. */
    public boolean calledIn(String className) {
        for (String caller : within) {
            if (callerClass(caller).equals(className)) {
                return true;
            }
        }
        return false;
    }

    /** The feature releases on which this target exists. */
    public Range jdk() {
        return jdk;
    }

    /** As written in a catalog file, without the JDK range. */
    @Override
    public String toString() {
        switch (kind) {
            case METHOD:
                return "method " + owner + "." + name + descriptor;
            case CALL:
                return "call " + owner + "." + name + descriptor + " in " + String.join(", ", within);
            default:
                return "function " + name + " in " + String.join(", ", within);
        }
    }
}
