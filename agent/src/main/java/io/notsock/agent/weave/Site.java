package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;

/** One target of one catalog entry, with the index by which woven code names the entry's hook. */
final class Site {
    final int hook;
    final Entry entry;
    final Target target;
    /** Internal name of the method's owner; for a call site of the called class. May start with {@code *}. */
    final String owner;

    private volatile boolean woven;

    Site(int hook, Entry entry, Target target) {
        this.hook = hook;
        this.entry = entry;
        this.target = target;
        this.owner = target.owner().replace('.', '/');
    }

    boolean isMethod(String name, String descriptor) {
        return target.name().equals(name) && target.descriptor().equals(descriptor);
    }

    boolean isCall(String calledOwner, String name, String descriptor) {
        return isMethod(name, descriptor) && WeavePlan.matches(owner, calledOwner);
    }

    /**
     * Whether both stand for one thing: update releases of a JDK change signatures, so targets of one entry with the same
     * class and method name are alternatives.
     */
    boolean isAlternativeTo(Site other) {
        return hook == other.hook
                && target.kind() == other.target.kind()
                && owner.equals(other.owner)
                && target.name().equals(other.target.name());
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
