package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Role;
import io.notsock.catalog.Target;

/** One target of one catalog entry, with the index by which woven code names its hook. */
final class Site {
    final int entryIndex;
    final int hook;
    final Entry entry;
    final Target target;
    /** Internal name of the method's owner; for a call site of the called class. May start with {@code *}. */
    final String owner;
    /** One of many classes of a package, of which most call nothing that is hooked. */
    final boolean inPackage;

    /** For a call site: the only method to look into, or {@code null} for all of the class. */
    private final String caller;

    private volatile boolean woven;
    private volatile boolean otherSignature;

    Site(int entryIndex, int hook, Entry entry, Target target, boolean inPackage, String caller) {
        this.entryIndex = entryIndex;
        this.inPackage = inPackage;
        this.caller = caller;
        this.hook = hook;
        this.entry = entry;
        this.target = target;
        this.owner = target.owner().replace('.', '/');
    }

    /** @param declaring internal name of the class that declares the method */
    boolean isMethod(String declaring, String name, String descriptor) {
        return target.name().equals(name) && isDescriptor(declaring, descriptor);
    }

    /** @param within the method that makes the call */
    boolean isCall(String within, String calledOwner, String name, String descriptor) {
        if ((caller != null && !caller.equals(within))
                || !target.name().equals(name)
                || !WeavePlan.matches(owner, calledOwner)) {
            return false;
        }
        if (isDescriptor(calledOwner, descriptor)) {
            return true;
        }
        otherSignature = true;
        return false;
    }

    private boolean isDescriptor(String declaring, String descriptor) {
        return WeavePlan.isDescriptor(target.owner(), target.descriptor(), declaring, descriptor);
    }

    /**
     * Whether both stand for one thing: update releases of a JDK change signatures, so targets of one entry with the same
     * class and method name are alternatives.
     */
    boolean isAlternativeTo(Site other) {
        return entryIndex == other.entryIndex
                && target.kind() == other.target.kind()
                && owner.equals(other.owner)
                && target.name().equals(other.target.name());
    }

    /**
     * Whether this version of the class goes past the hook. A class that never calls the method does not; one that calls
     * it with another signature does.
     */
    boolean isBlind() {
        return !woven && (target.kind() != Target.Kind.CALL || otherSignature);
    }

    void markWoven() {
        woven = true;
    }

    boolean woven() {
        return woven;
    }

    /** Whether the hook has to be told before the target runs. */
    boolean tellsBefore() {
        switch (entry.role()) {
            case USE:
            case CLOSE:
            case PRECLOSE:
            case RELEASE:
            case REPLACE:
                return true;
            default:
                return false;
        }
    }

    /** Whether the target operates on a number without ending anything. */
    boolean isUse() {
        return entry.role() == Role.USE;
    }

    /** Whether the hook is told after the target returned, with what it gave out. */
    boolean tellsAfter() {
        switch (entry.role()) {
            case OPEN:
            case ADOPT:
                return true;
            default:
                return false;
        }
    }
}
