package io.notsock.agent.weave;

/**
 * Something of the JDK that the agent joins when the JVM has initialised it, and never sooner: to ask for it would
 * initialise it, at a cost of hundreds of milliseconds and too early for applications that bring their own (JBoss).
 *
 * <p>The method that gives it out is woven, in a class that is loaded only where somebody wants it.
 */
public enum Landmark {
    /** The platform MBean server. */
    PLATFORM_MBEAN_SERVER(
            "java/lang/management/ManagementFactory", "getPlatformMBeanServer", "()Ljavax/management/MBeanServer;"),
    /** Flight Recorder: every recording asks for it, whether code, a command or the command line begins it. */
    FLIGHT_RECORDER("jdk/jfr/FlightRecorder", "getFlightRecorder", "()Ljdk/jfr/FlightRecorder;"),
    /** The properties that a tool asks for by the attach mechanism: a knock, see {@code io.notsock.agent.live.Knock}. */
    AGENT_PROPERTIES("jdk/internal/vm/VMSupport", "serializeAgentPropertiesToByteArray", "()[B");

    /** Internal name of the class that gives it out. */
    final String className;

    final String method;
    final String descriptor;

    Landmark(String className, String method, String descriptor) {
        this.className = className;
        this.method = method;
        this.descriptor = descriptor;
    }

    /** Binary name of the class that gives it out. */
    public String type() {
        return className.replace('/', '.');
    }
}
