package io.notsock.process;

/** An agent that does nothing: the floor that any agent pays, since the JVM gives up its module archive for it. */
public final class EmptyAgent {
    private EmptyAgent() {}

    public static void premain(String argument) {
        // nothing
    }
}
