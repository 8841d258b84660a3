package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.NameFilter;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.catalog.Target;
import io.notsock.track.HookTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which classes are to be woven, and where in them: the catalog turned round, by class. What a class is to get is made when
 * that class comes.
 *
 * <p>Thread-safe. The question "is this class named?" is asked for every class the JVM loads.
 */
public final class WeavePlan {
    private static final int[] NO_TARGETS = {};
    /** What the agent itself loads has no hooks. */
    private static final ClassLoader OURS = WeavePlan.class.getClassLoader();

    private final HookTable hooks;
    private final NameFilter filter;
    /** By pattern; made when a class comes that it names. */
    private final ConcurrentHashMap<String, ClassPlan> plans = new ConcurrentHashMap<>();
    /** Plans for all classes of a package; there are a few. */
    private final List<PackagePlan> packages = new ArrayList<>();

    private final List<Road> roads = new ArrayList<>();
    private final List<Landmark> landmarks = new ArrayList<>(2);

    /** What is to be woven into one class, or into the copies of one. */
    static final class ClassPlan {
        private final String pattern;
        private final int[] targets;
        private volatile List<Site> sites;
        /** The road that leads through this class, {@code null} for none. */
        final Road road;
        /** What this class gives out, {@code null} for nothing. */
        final Landmark landmark;

        ClassPlan(String pattern, int[] targets, Road road, Landmark landmark) {
            this.pattern = pattern;
            this.targets = targets;
            this.road = road;
            this.landmark = landmark;
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

    /** The plan for all classes of a package, wherever it was relocated to if its pattern says so. */
    private static final class PackagePlan {
        private final String folder;
        private final boolean relocatable;
        private final ClassPlan plan;

        PackagePlan(String pattern, int[] targets) {
            plan = new ClassPlan(pattern, targets, null, null);
            relocatable = pattern.startsWith("*.");
            folder = internal(pattern.substring(relocatable ? 2 : 0, pattern.length() - 1)); // with the slash behind it
        }

        boolean holds(String internalName) {
            int from = internalName.lastIndexOf('/') + 1 - folder.length();
            return from >= 0
                    && internalName.startsWith(folder, from)
                    && (from == 0 || (relocatable && internalName.charAt(from - 1) == '/'));
        }
    }

    /** Finds the plan for one class among those that the catalog has under a key. */
    private final class Search implements RuntimeCatalog.ClassVisitor {
        private final String internalName;
        private ClassPlan found;

        Search(String internalName) {
            this.internalName = internalName;
        }

        @Override
        public void visit(String pattern, int[] targets) {
            if (found == null && !isPackage(pattern) && matches(internal(pattern), internalName)) {
                found = plan(pattern, targets);
            }
        }
    }

    /** @param hooks of the catalog for this runtime */
    public WeavePlan(HookTable hooks) {
        this.hooks = hooks;
        this.filter = hooks.catalog().filter();
        hooks.catalog()
                .packages(
                        new RuntimeCatalog.ClassVisitor() { // a lambda costs a millisecond at start
                            @Override
                            public void visit(String pattern, int[] targets) {
                                packages.add(new PackagePlan(pattern, targets));
                            }
                        });
        int feature = Runtime.version().feature();
        for (Road road : Road.values()) {
            if (feature >= road.since) {
                roads.add(road);
                filter.add(road.className);
            }
        }
    }

    /** Has it told when the JVM initialises this. Before the first class is woven. */
    public void add(Landmark landmark) {
        landmarks.add(landmark);
        filter.add(landmark.type());
    }

    private ClassPlan plan(String pattern, int[] targets) {
        ClassPlan known = plans.get(pattern);
        if (known == null) {
            ClassPlan made = new ClassPlan(pattern, targets, roadThrough(pattern), landmarkIn(pattern));
            known = plans.putIfAbsent(pattern, made);
            known = known == null ? made : known;
        }
        return known;
    }

    private Road roadThrough(String pattern) {
        for (Road road : roads) {
            if (road.className.equals(pattern)) {
                return road;
            }
        }
        return null;
    }

    private Landmark landmarkIn(String pattern) {
        for (Landmark landmark : landmarks) {
            if (landmark.type().equals(pattern)) {
                return landmark;
            }
        }
        return null;
    }

    private static String internal(String dotted) {
        return dotted.replace('.', '/');
    }

    private static boolean isPackage(String pattern) {
        return pattern.endsWith(".*");
    }

    /** Whether the class with this internal name is to be woven. */
    boolean names(String internalName) {
        return find(internalName) != null || findPackage(internalName) != null;
    }

    /** Whether a class that is loaded already is to be woven. */
    public boolean names(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == OURS || type.isArray()) {
            return false;
        }
        String name = type.getName();
        // At start all but a few are the boot loader's, and of the JDK itself, where nothing is relocated.
        return (loader != null || filter.mayBeNamed(name) || !isOfJdk(name)) && names(internal(name));
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
        ClassPlan plan = filter.mayBeNamed(internalName) ? find(internalName, internalName) : null;
        return plan != null || isOfJdk(internalName) || !filter.mayBeRelocated(internalName)
                ? plan
                : find(simple(internalName), internalName);
    }

    private ClassPlan find(String key, String internalName) {
        Search search = new Search(internalName);
        hooks.catalog().classes(key, search);
        if (search.found != null) {
            return search.found;
        }
        for (Road road : roads) {
            if (matches(internal(road.className), internalName)) {
                return plan(road.className, NO_TARGETS);
            }
        }
        for (Landmark landmark : landmarks) {
            if (landmark.className.equals(internalName)) {
                return plan(landmark.type(), NO_TARGETS);
            }
        }
        return null;
    }

    private ClassPlan findPackage(String internalName) {
        if (packages.isEmpty() || isOfJdk(internalName)) {
            return null;
        }
        for (PackagePlan each : packages) {
            if (each.holds(internalName)) {
                return each.plan;
            }
        }
        return null;
    }

    /** The name with dots or with slashes. */
    private static boolean isOfJdk(String name) {
        return isIn("java", name) || isIn("jdk", name) || isIn("sun", name);
    }

    private static boolean isIn(String topPackage, String name) {
        return name.startsWith(topPackage)
                && name.length() > topPackage.length()
                && (name.charAt(topPackage.length()) == '/' || name.charAt(topPackage.length()) == '.');
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
