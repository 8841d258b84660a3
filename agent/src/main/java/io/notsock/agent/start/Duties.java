package io.notsock.agent.start;

import io.notsock.pipeline.AlertPipeline;

/** What the agent's own thread does: the self-test, a line on its outcome, what the next start can use, and then
 * the alerts. */
final class Duties implements Runnable {
    private final SelfTest selfTest;
    private final Health health;
    private final Outputs outputs;
    private final KeptClasses cache;
    private final AlertPipeline pipeline;

    Duties(SelfTest selfTest, Health health, Outputs outputs, KeptClasses cache, AlertPipeline pipeline) {
        this.selfTest = selfTest;
        this.health = health;
        this.outputs = outputs;
        this.cache = cache;
        this.pipeline = pipeline;
    }

    @Override
    public void run() {
        selfTest.run(health);
        health.report(outputs);
        cache.run();
        pipeline.run();
    }
}
