package io.notsock.junit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lines on stderr, each once in a JVM: a session is opened for every class in some builds. */
final class Say {
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Say() {}

    static void once(String line) {
        if (SAID.add(line)) {
            System.err.println("notsock: " + line);
        }
    }
}
