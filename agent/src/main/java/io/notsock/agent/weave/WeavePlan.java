package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which classes are to be woven, and where in them: the catalog turned round, by class.
 *
 * <p>Immutable after construction. The question "is this class named?" is asked for every class the JVM loads.
 */
public final class WeavePlan {
    /** The class of JNA through which every interface-mapped call passes. */
    static final String JNA_FUNCTION = "com/sun/jna/Function";

    private final Map<String, ClassPlan> exact = new HashMap<>();
    /** Plans for classes of any package prefix, by simple name. */
    private final Map<String, List<Suffix>> relocatable = new HashMap<>();

    private final List<Site> sites = new ArrayList<>();

    /** What is to be woven into one class. */
    static final class ClassPlan {
        final List<Site> methods = new ArrayList<>();
        final List<Site> calls = new ArrayList<>();
        boolean jna;

        /** Every site of this class. */
        List<Site> sites() {
            List<Site> all = new ArrayList<>(methods);
            all.addAll(calls);
            return all;
        }
    }

    private static final class Suffix {
        final String pattern;
        final ClassPlan plan;

        Suffix(String pattern, ClassPlan plan) {
            this.pattern = pattern;
            this.plan = plan;
        }
    }

    /**
     * @param entries the catalog for this runtime; an entry's index is its hook's index
     */
    public WeavePlan(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            for (Target target : entries.get(i).targets()) {
                add(i, entries.get(i), target);
            }
        }
    }

    private void add(int hook, Entry entry, Target target) {
        switch (target.kind()) {
            case METHOD:
                Site method = new Site(hook, entry, target);
                sites.add(method);
                planFor(target.owner()).methods.add(method);
                break;
            case CALL:
                for (String caller : target.within()) {
                    Site call = new Site(hook, entry, target);
                    sites.add(call);
                    planFor(caller).calls.add(call);
                }
                break;
            default:
                planFor("com.sun.jna.Function").jna = true;
                break;
        }
    }

    private ClassPlan planFor(String dottedPattern) {
        String name = dottedPattern.replace('.', '/');
        if (!name.startsWith("*/")) {
            ClassPlan plan = exact.get(name);
            if (plan == null) {
                plan = new ClassPlan();
                exact.put(name, plan);
            }
            return plan;
        }
        List<Suffix> list = relocatable.get(simple(name));
        if (list == null) {
            list = new ArrayList<>();
            relocatable.put(simple(name), list);
        }
        for (Suffix suffix : list) {
            if (suffix.pattern.equals(name)) {
                return suffix.plan;
            }
        }
        Suffix made = new Suffix(name, new ClassPlan());
        list.add(made);
        return made.plan;
    }

    /** What to weave into the class with this internal name, or {@code null} for nothing. */
    ClassPlan find(String internalName) {
        ClassPlan plan = exact.get(internalName);
        if (plan != null || relocatable.isEmpty()) {
            return plan;
        }
        List<Suffix> list = relocatable.get(simple(internalName));
        if (list != null) {
            for (Suffix suffix : list) {
                if (matches(suffix.pattern, internalName)) {
                    return suffix.plan;
                }
            }
        }
        return null;
    }

    /** Whether the class with this binary name ({@code Class.getName()}) is to be woven. */
    public boolean names(String binaryName) {
        return find(binaryName.replace('.', '/')) != null;
    }

    /** The classes that are named in full, internal form. */
    public Iterable<String> exactNames() {
        return exact.keySet();
    }

    /** Every target of every entry, once per class it is woven into. */
    List<Site> sites() {
        return sites;
    }

    /** Whether a pattern ({@code a/b/C}, or relocatable {@code *}{@code /b/C}) names this class; both internal names. */
    static boolean matches(String pattern, String internalName) {
        if (!pattern.startsWith("*/")) {
            return pattern.equals(internalName);
        }
        // "*/io/netty/X" stands for io/netty/X itself and for any/prefix/io/netty/X.
        String tail = pattern.substring(1);
        return internalName.endsWith(tail) || internalName.equals(tail.substring(1));
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
