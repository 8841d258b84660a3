package io.notsock.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;

/**
 * Gives classes that the catalog names their hooks, as the JVM loads or retransforms them.
 *
 * <p>Decides by name alone, before anything else is touched: logging, locking or loading inside a transformer is what
 * deadlocked other agents. A class that cannot be woven is left as it was, and the failure is reported.
 */
public final class Weaver implements ClassFileTransformer {
    /** What the agent itself loads, its own JNA for instance, has no hooks. */
    private static final ClassLoader OURS = Weaver.class.getClassLoader();

    private final WeavePlan plan;
    private final Listener listener;
    private final WovenClasses earlier;

    /** Is told how weaving went; called in the thread that loads the class: must be quick, must not load or log. */
    public interface Listener {
        /** A target of this entry does not exist in the class that should have it. */
        void missing(int entry, String target);

        /** This version of a library does not have a target of this entry. */
        void absent(int entry);

        /** A class through which native functions are called is not as any known release has it. */
        void roadMissing(String className);

        /** A class does not give out what it should: JMX or JFR cannot be joined. */
        void landmarkMissing(String className);

        /** A class could not be woven at all. */
        void failed(String className, Throwable reason);
    }

    public Weaver(WeavePlan plan, Listener listener, WovenClasses earlier) {
        this.plan = plan;
        this.listener = listener;
        this.earlier = earlier;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String className, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (className == null || loader == OURS || !plan.names(className)) {
            return null;
        }
        try {
            byte[] known = earlier.find(className, classFile);
            if (known != null) {
                return known;
            }
            WeavePlan.ClassSites inClass = plan.sitesOf(className);
            if (inClass.landmark != null) {
                byte[] woven = LandmarkWeaver.weave(inClass.landmark, classFile);
                if (woven == null) {
                    listener.landmarkMissing(className);
                } else {
                    earlier.add(className, classFile, woven);
                }
                return woven;
            }
            if (inClass.road != null && inClass.road != Road.JNA_FUNCTION) {
                byte[] woven = RoadWeaver.weave(inClass.road, classFile);
                if (woven == null) {
                    listener.roadMissing(className);
                } else {
                    earlier.add(className, classFile, woven);
                }
                return woven;
            }
            MissedCalls missed = new MissedCalls();
            byte[] woven = ClassWeaver.weave(inClass, classFile, missed);
            boolean whole = true;
            List<Site> sites = inClass.sites();
            for (Site site : sites) {
                // Without a hook that explains an exception stays as it is: nothing that a user has to be told at
                // start.
                boolean absent = !site.woven() && !hasAlternative(site, sites) && (!site.inPackage || site.isBlind());
                if (!site.entry.role().explains() && (absent || missed.isOf(site))) {
                    tellMissing(site, missed.isOf(site));
                    whole = false; // has to be told at the next start too
                }
            }
            if (woven != null && whole) {
                earlier.add(className, classFile, woven);
            }
            return woven;
        } catch (Throwable t) {
            listener.failed(className, t);
            return null;
        }
    }

    /** A JDK is known method by method; of a library there are many versions, and one may well do without a method. */
    private void tellMissing(Site site, boolean missed) {
        if (site.owner.startsWith("*")) {
            if (missed || site.isBlind()) {
                listener.absent(site.entryIndex);
            }
        } else {
            listener.missing(site.entryIndex, site.target.toString());
        }
    }

    private static boolean hasAlternative(Site missing, List<Site> sites) {
        for (Site site : sites) {
            if (site.woven() && site.isAlternativeTo(missing)) {
                return true;
            }
        }
        return false;
    }
}
