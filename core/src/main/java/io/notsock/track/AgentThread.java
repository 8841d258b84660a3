package io.notsock.track;

/** A thread of the agent: what it opens is the agent's own and never counted against the application. */
public final class AgentThread extends Thread {
    public AgentThread(String name, Runnable work) {
        super(null, work, name, 0, false);
        setDaemon(true);
        // Nothing of the application may be kept alive by a thread that lives as long as the JVM.
        setContextClassLoader(null);
    }
}
