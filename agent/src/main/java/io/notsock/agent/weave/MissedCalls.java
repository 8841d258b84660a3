package io.notsock.agent.weave;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Calls of one class that cannot be hooked, because no handler fits in the try blocks around them ({@link TryBlocks}): known once their
 * method has been read, so the class is written again without them. For one thread.
 */
final class MissedCalls {
    private final Set<String> calls = new HashSet<>();
    private final Set<Site> sites = new HashSet<>();

    /**
     * Marks a call.
     *
     * @param method name and descriptor of the method that calls
     * @param number which of the method's hooked calls
     */
    void add(String method, int number) {
        calls.add(key(method, number));
    }

    boolean contains(String method, int number) {
        return !calls.isEmpty() && calls.contains(key(method, number));
    }

    /** A call was left as it is, which these would have been told of. */
    void addSites(Collection<Site> passedBy) {
        sites.addAll(passedBy);
    }

    /** Whether one of this site's calls was left as it is. */
    boolean isOf(Site site) {
        return sites.contains(site);
    }

    boolean none() {
        return calls.isEmpty();
    }

    private static String key(String method, int number) {
        return method + '#' + number;
    }
}
