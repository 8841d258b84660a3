package io.notsock.agent.start;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.agent.http.MetricsServer;
import io.notsock.agent.jfr.FlightRecording;
import io.notsock.agent.jmx.JmxJoin;
import io.notsock.agent.live.Knock;
import io.notsock.agent.options.OptionKey;
import io.notsock.agent.options.Options;
import io.notsock.agent.weave.Landmark;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.handle.Space;
import io.notsock.track.AgentThread;
import io.notsock.track.Tracker;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Joins JMX and JFR once the JVM has initialised them, and never sooner: until then nothing of either is loaded.
 *
 * <p>The MBean is registered by a thread of the agent. The events are registered by the thread that initialises Flight
 * Recorder, so that a recording begun with the JVM has the program's first opens.
 */
final class Readers implements HookReceiver.LandmarkListener {
    private final boolean jmx;
    private final boolean jfr;
    private final Tracker tracker;
    private final Backstage backstage;
    private final AtomicBoolean jmxJoined = new AtomicBoolean();
    private final AtomicBoolean jfrJoined = new AtomicBoolean();

    Readers(Options options, Tracker tracker, Backstage backstage) {
        this.jmx = options.jmx();
        this.jfr = options.jfr();
        this.tracker = tracker;
        this.backstage = backstage;
    }

    /** Has the classes woven that tell when that is. */
    void plan(WeavePlan plan) {
        plan.add(Landmark.AGENT_PROPERTIES);
        if (jmx) {
            plan.add(Landmark.PLATFORM_MBEAN_SERVER);
        }
        if (jfr) {
            plan.add(Landmark.FLIGHT_RECORDER);
        }
    }

    @Override
    public void reached(int landmark, Object what) {
        if (landmark == Landmark.AGENT_PROPERTIES.ordinal()) {
            Knock.answer(backstage::answer);
        } else if (landmark == Landmark.PLATFORM_MBEAN_SERVER.ordinal()) {
            if (!jmxJoined.get() && jmxJoined.compareAndSet(false, true)) {
                new AgentThread("notsock-jmx", () -> joinJmx(what)).start();
            }
        } else if (!jfrJoined.get() && jfrJoined.compareAndSet(false, true)) {
            joinJfr();
        }
    }

    /** Starts the server that {@code metrics=} asks for, where it does. */
    void serve(Options options, Space space, Answers answers) {
        if (options.metrics()) {
            String option = "metrics=" + options.text(OptionKey.METRICS) + ": ";
            new AgentThread(
                            "notsock-http",
                            new MetricsServer(
                                    options.metricsHost(),
                                    options.metricsPort(),
                                    answers.live(),
                                    tracker.registry(),
                                    space,
                                    problem -> AgentStart.complain(option + problem),
                                    answers::listeningAt))
                    .start();
        }
    }

    /** For an agent that comes to a running JVM: what that has initialised before is joined by a thread of the agent. */
    void joinWhatIsThere(Instrumentation instrumentation) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (jmx && type.getName().equals(Landmark.PLATFORM_MBEAN_SERVER.type())) {
                Object server = serverOf(type, instrumentation);
                if (server != null) {
                    reached(Landmark.PLATFORM_MBEAN_SERVER.ordinal(), server);
                }
            } else if (jfr && type.getName().equals(Landmark.FLIGHT_RECORDER.type())) {
                new AgentThread("notsock-jfr", this::joinRunningRecorder).start();
            }
        }
    }

    private void joinRunningRecorder() {
        if (FlightRecording.initialized()) {
            reached(Landmark.FLIGHT_RECORDER.ordinal(), FlightRecording.class);
        }
    }

    /** The server where there is one; the method that gives it out would make one where there is none. */
    private static Object serverOf(Class<?> factory, Instrumentation instrumentation) {
        try {
            instrumentation.redefineModule(
                    factory.getModule(),
                    Set.of(),
                    Map.of(),
                    Map.of(factory.getPackageName(), Set.of(Readers.class.getModule())),
                    Set.of(),
                    Map.of());
            Field server = factory.getDeclaredField("platformMBeanServer");
            server.setAccessible(true);
            return server.get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // joined when somebody asks for it again
        }
    }

    private void joinJmx(Object server) {
        try {
            Reporting reporting = backstage.reporting();
            if (reporting != null) {
                backstage.addSink(JmxJoin.register(server, reporting.answers.live()));
            }
        } catch (Exception | LinkageError e) {
            AgentStart.complain("jmx=on: the MBean could not be registered: " + e);
        }
    }

    private void joinJfr() {
        try {
            FlightRecording recording = FlightRecording.join();
            backstage.addSink(recording);
            tracker.tell(recording);
        } catch (RuntimeException | LinkageError e) {
            AgentStart.complain("jfr=on: the events could not be registered: " + e);
        }
    }
}
