package io.notsock.track;

/** A thread of the agent: what it opens is the agent's own and never counted against the application. */
public final class AgentThread extends Thread implements Thread.UncaughtExceptionHandler {
    public AgentThread(String name, Runnable work) {
        super(topGroup(), work, name, 0, false);
        setDaemon(true);
        // Nothing of the application may be kept alive by a thread that lives as long as the JVM.
        setContextClassLoader(null);
        setUncaughtExceptionHandler(this);
    }

    /** Does nothing: an application's handler may end the JVM, which no failure of the agent's is a reason for. */
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {}

    /**
     * Does nothing. An application may interrupt every thread that it finds, and these park and write files: interrupted, they would spin, and
     * close what they write to.
     */
    @Override
    public void interrupt() {}

    /** Where the JVM's own threads are: applications count theirs, and wait until no other is left. */
    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
