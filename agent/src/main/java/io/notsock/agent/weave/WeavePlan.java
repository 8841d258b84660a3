package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.catalog.Target;
import io.notsock.track.HookTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which classes are to be woven, and where in them: the catalog turned round, by class. What a class is to get is made when
 * that class comes.
 *
 * <p>Thread-safe. The question "is this class named?" is asked for every class the JVM loads.
 */
public final class WeavePlan implements RuntimeCatalog.ClassVisitor {
    private final HookTable hooks;
    private final Map<String, ClassPlan> exact = new HashMap<>(512);
    /** Plans for classes of any package prefix, by simple name. */
    private final Map<String, List<Suffix>> relocatable = new HashMap<>();

    /** Plans for all classes of a package, by the package's last name. */
    private final Map<String, List<Suffix>> packages = new HashMap<>();

    /** What is to be woven into one class, or into the copies of one. */
    static final class ClassPlan {
        private final String pattern;
        private final int[] targets;
        private volatile List<Site> sites;
        /** The road that leads through this class, {@code null} for none. */
        Road road;
        /** What this class gives out, {@code null} for nothing. */
        Landmark landmark;

        ClassPlan(String pattern, int[] targets) {
            this.pattern = pattern;
            this.targets = targets;
        }

        /** Every site of this class; none where this runtime has no target in it. Two threads may each make their own. */
        List<Site> sites(HookTable hooks) {
            List<Site> known = sites;
            if (known == null) {
                known = new ArrayList<>(targets.length);
                for (int target : targets) {
                    Target here = hooks.catalog().target(target);
                    if (here != null) {
                        add(known, hooks, RuntimeCatalog.entryOf(target), here);
                    }
                }
                sites = known;
            }
            return known;
        }

        private void add(List<Site> to, HookTable hooks, int index, Target target) {
            Entry entry = hooks.catalog().entry(index);
            int hook = hooks.of(index, target);
            if (target.kind() == Target.Kind.METHOD) {
                to.add(new Site(index, hook, entry, target, false, null));
                return;
            }
            for (String caller : target.within()) {
                if (Target.callerClass(caller).equals(pattern)) {
                    to.add(new Site(index, hook, entry, target, pattern.endsWith(".*"), Target.callerMethod(caller)));
                }
            }
        }
    }

    /** What to weave into one class: what its own name and its package are in the catalog for. */
    static final class ClassSites {
        final List<Site> methods = new ArrayList<>();
        final List<Site> calls = new ArrayList<>();
        /** The road that leads through this class, {@code null} for none. */
        final Road road;
        /** What this class gives out, {@code null} for nothing. */
        final Landmark landmark;
        /** It stands only for its package: most of such classes call nothing that is hooked. */
        final boolean wholePackage;

        ClassSites(ClassPlan plan) {
            this.road = plan == null ? null : plan.road;
            this.landmark = plan == null ? null : plan.landmark;
            this.wholePackage = plan == null;
        }

        void add(List<Site> sites) {
            for (Site site : sites) {
                (site.target.kind() == Target.Kind.METHOD ? methods : calls).add(site);
            }
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

    /** @param hooks of the catalog for this runtime */
    public WeavePlan(HookTable hooks) {
        this.hooks = hooks;
        hooks.catalog().classes(this);
        addRoads();
    }

    @Override
    public void visit(String pattern, int[] targets) {
        ClassPlan plan = new ClassPlan(pattern, targets);
        if (pattern.endsWith(".*")) {
            add(packages, internal(pattern.substring(0, pattern.length() - 2)), plan);
        } else if (pattern.startsWith("*.")) {
            add(relocatable, internal(pattern), plan);
        } else {
            exact.put(internal(pattern), plan);
        }
    }

    /** Has it told when the JVM initialises this. Before the first class is woven. */
    public void add(Landmark landmark) {
        planFor(landmark.className).landmark = landmark;
    }

    private ClassPlan planFor(String dottedPattern) {
        ClassPlan known = find(internal(dottedPattern));
        if (known == null) {
            known = new ClassPlan(dottedPattern, new int[0]);
            if (dottedPattern.startsWith("*.")) {
                add(relocatable, internal(dottedPattern), known);
            } else {
                exact.put(internal(dottedPattern), known);
            }
        }
        return known;
    }

    private static String internal(String dotted) {
        return dotted.replace('.', '/');
    }

    private static void add(Map<String, List<Suffix>> plans, String pattern, ClassPlan plan) {
        List<Suffix> list = plans.get(simple(pattern));
        if (list == null) {
            list = new ArrayList<>(2);
            plans.put(simple(pattern), list);
        }
        list.add(new Suffix(pattern, plan));
    }

    private void addRoads() {
        int feature = Runtime.version().feature();
        for (Road road : Road.values()) {
            if (feature >= road.since) {
                planFor(road.className).road = road;
            }
        }
    }

    /** Whether the class with this internal name is to be woven. */
    boolean names(String internalName) {
        return find(internalName) != null || findPackage(internalName) != null;
    }

    /** Whether a class that is loaded already is to be woven. */
    public boolean names(Class<?> type) {
        String name = internal(type.getName());
        // At start all but a few are the boot loader's, and classes that may be relocated or stand for a package are
        // not.
        return type.getClassLoader() == null && name.startsWith("java/") ? exact.containsKey(name) : names(name);
    }

    /** What to weave into the class with this internal name. */
    ClassSites sitesOf(String internalName) {
        ClassPlan plan = find(internalName);
        ClassPlan ofPackage = findPackage(internalName);
        ClassSites sites = new ClassSites(plan);
        if (plan != null) {
            sites.add(plan.sites(hooks));
        }
        if (ofPackage != null) {
            sites.add(ofPackage.sites(hooks));
        }
        return sites;
    }

    private ClassPlan find(String internalName) {
        ClassPlan plan = exact.get(internalName);
        return plan != null ? plan : find(relocatable, internalName);
    }

    private ClassPlan findPackage(String internalName) {
        int end = internalName.lastIndexOf('/');
        return packages.isEmpty() || end < 0 ? null : find(packages, internalName.substring(0, end));
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
