package io.notsock.agent.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.notsock.track.AgentThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The agent's logger context. What a configuration has done in the background, compressing old files or looking for
 * changes of its own file, is done by the agent's threads: Logback's would be counted as the application's, with all
 * they open.
 */
final class AgentContext extends LoggerContext {
    private static final long IDLE_SECONDS = 30;

    private ScheduledThreadPoolExecutor background;

    AgentContext() {
        setName("notsock");
        // Normally SLF4J's start-up gives it; without one, %X in a user's pattern fails.
        setMDCAdapter(new LogbackMDCAdapter());
    }

    private ScheduledThreadPoolExecutor background() {
        if (background == null) {
            background = new ScheduledThreadPoolExecutor(2, work -> new AgentThread("notsock-log", work));
            background.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            background.allowCoreThreadTimeOut(true);
        }
        return background;
    }

    @Override
    public synchronized ExecutorService getExecutorService() {
        return background();
    }

    @Override
    public synchronized ExecutorService getAlternateExecutorService() {
        return background();
    }

    @Override
    public synchronized ScheduledExecutorService getScheduledExecutorService() {
        return background();
    }

    @Override
    public void stop() {
        super.stop();
        synchronized (this) {
            if (background != null) {
                background.shutdown();
            }
        }
    }
}
