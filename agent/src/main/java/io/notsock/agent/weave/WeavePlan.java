package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import io.notsock.track.TargetHooks;
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
    private final Map<String, ClassPlan> exact = new HashMap<>();
    /** Plans for classes of any package prefix, by simple name. */
    private final Map<String, List<Suffix>> relocatable = new HashMap<>();

    /** Plans for all classes of a package, by the package's last name. */
    private final Map<String, List<Suffix>> packages = new HashMap<>();

    private final List<Site> sites = new ArrayList<>();
    private boolean roads;

    /** What is to be woven into one class. */
    static final class ClassPlan {
        final List<Site> methods = new ArrayList<>();
        final List<Site> calls = new ArrayList<>();
        /** The road that leads through this class, {@code null} for none. */
        Road road;
        /** What this class gives out, {@code null} for nothing. */
        Landmark landmark;
        /** Stands for every class of a package: most of them call nothing that is hooked. */
        final boolean wholePackage;

        ClassPlan(boolean wholePackage) {
            this.wholePackage = wholePackage;
        }

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
     * @param entries the catalog for this runtime
     * @param hooks made of the same entries
     */
    public WeavePlan(List<Entry> entries, TargetHooks hooks) {
        for (int i = 0; i < entries.size(); i++) {
            for (Target target : entries.get(i).targets()) {
                add(i, entries.get(i), target, hooks);
            }
        }
    }

    /** Has it told when the JVM initialises this. Before the first class is woven. */
    public void add(Landmark landmark) {
        planFor(landmark.className).landmark = landmark;
    }

    private void add(int index, Entry entry, Target target, TargetHooks hooks) {
        switch (target.kind()) {
            case METHOD:
                Site method = new Site(index, hooks.of(target), entry, target, false, null);
                sites.add(method);
                planFor(target.owner()).methods.add(method);
                break;
            case CALL:
                for (String caller : target.within()) {
                    boolean inPackage = caller.endsWith(".*");
                    Site call =
                            new Site(index, hooks.of(target), entry, target, inPackage, Target.callerMethod(caller));
                    sites.add(call);
                    (inPackage ? planForPackage(caller) : planFor(Target.callerClass(caller))).calls.add(call);
                }
                break;
            default:
                if (!roads) {
                    roads = true;
                    addRoads();
                }
                break;
        }
    }

    private void addRoads() {
        int feature = Runtime.version().feature();
        for (Road road : Road.values()) {
            if (feature >= road.since) {
                planFor(road.className).road = road;
            }
        }
    }

    private ClassPlan planFor(String dottedPattern) {
        String name = dottedPattern.replace('.', '/');
        if (!name.startsWith("*/")) {
            ClassPlan plan = exact.get(name);
            if (plan == null) {
                plan = new ClassPlan(false);
                exact.put(name, plan);
            }
            return plan;
        }
        return planFor(relocatable, name, false);
    }

    private ClassPlan planForPackage(String dottedPattern) {
        return planFor(
                packages, dottedPattern.substring(0, dottedPattern.length() - 2).replace('.', '/'), true);
    }

    private static ClassPlan planFor(Map<String, List<Suffix>> plans, String pattern, boolean wholePackage) {
        List<Suffix> list = plans.get(simple(pattern));
        if (list == null) {
            list = new ArrayList<>();
            plans.put(simple(pattern), list);
        }
        for (Suffix suffix : list) {
            if (suffix.pattern.equals(pattern)) {
                return suffix.plan;
            }
        }
        Suffix made = new Suffix(pattern, new ClassPlan(wholePackage));
        list.add(made);
        return made.plan;
    }

    /** What to weave into the class with this internal name, or {@code null} for nothing. */
    ClassPlan find(String internalName) {
        ClassPlan plan = exact.get(internalName);
        if (plan == null) {
            plan = find(relocatable, internalName);
        }
        int end = internalName.lastIndexOf('/');
        ClassPlan ofPackage = packages.isEmpty() || end < 0 ? null : find(packages, internalName.substring(0, end));
        if (plan == null || ofPackage == null) {
            return plan == null ? ofPackage : plan;
        }
        ClassPlan both = new ClassPlan(false);
        both.methods.addAll(plan.methods);
        both.calls.addAll(plan.calls);
        both.calls.addAll(ofPackage.calls);
        both.road = plan.road;
        both.landmark = plan.landmark;
        return both;
    }

    private static ClassPlan find(Map<String, List<Suffix>> plans, String name) {
        List<Suffix> list = plans.isEmpty() ? null : plans.get(simple(name));
        if (list != null) {
            for (Suffix suffix : list) {
                if (matches(suffix.pattern, name)) {
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

    /** Every target of every entry, once per class it is woven into. */
    List<Site> sites() {
        return sites;
    }

    /** Whether a class pattern of a catalog (dotted; may start with {@code *.} or end with {@code .*}) names this class. */
    public static boolean isNamed(String dottedPattern, String internalName) {
        String pattern = dottedPattern.replace('.', '/');
        if (!pattern.endsWith("/*")) {
            return matches(pattern, internalName);
        }
        int end = internalName.lastIndexOf('/');
        return end > 0 && matches(pattern.substring(0, pattern.length() - 2), internalName.substring(0, end));
    }

    /**
     * Whether a method's descriptor is the catalog's. The library's own classes in it are relocated together with the class
     * that declares the method.
     *
     * @param dottedPattern the catalog's class; only one that starts with {@code *.} can be relocated
     * @param declaring internal name of the class that declares the method
     */
    public static boolean isDescriptor(String dottedPattern, String ofCatalog, String declaring, String descriptor) {
        if (ofCatalog.equals(descriptor)) {
            return true;
        }
        int prefix = dottedPattern.startsWith("*.") ? declaring.length() - (dottedPattern.length() - 2) : 0;
        return prefix > 0
                && descriptor
                        .replace("L".concat(declaring.substring(0, prefix)), "L")
                        .equals(ofCatalog);
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
