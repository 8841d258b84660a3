package io.notsock.agent.log;

/**
 * Classes of the application's SLF4J. Joined at run time: as constants the names would be rewritten with our relocated copy's.
 */
final class Slf4jNames {
    private static final String PACKAGE = String.join(".", "org", "slf4j") + ".";

    static final String LOGGER_FACTORY = PACKAGE + "LoggerFactory";
    static final String MARKER_FACTORY = PACKAGE + "MarkerFactory";
    static final String MARKER = PACKAGE + "Marker";

    private Slf4jNames() {}
}
