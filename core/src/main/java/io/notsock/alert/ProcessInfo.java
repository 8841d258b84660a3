package io.notsock.alert;

import java.util.Objects;

/** The JVM that an alert comes from, so that the lines of a whole fleet can be told apart. Immutable. */
public final class ProcessInfo {
    private final long pid;
    private final String jdk;
    private final String os;
    private final String main;

    /** A process; a text that is {@code null} is left out of the alerts. */
    public ProcessInfo(long pid, String jdk, String os, String main) {
        this.pid = pid;
        this.jdk = jdk;
        this.os = os;
        this.main = main;
    }

    public long pid() {
        return pid;
    }

    /** Version and vendor of the JDK, or {@code null}. */
    public String jdk() {
        return jdk;
    }

    /** Name, version and architecture of the OS, or {@code null}. */
    public String os() {
        return os;
    }

    /** The main class or jar, or {@code null}. */
    public String main() {
        return main;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ProcessInfo
                && ((ProcessInfo) o).pid == pid
                && Objects.equals(((ProcessInfo) o).jdk, jdk)
                && Objects.equals(((ProcessInfo) o).os, os)
                && Objects.equals(((ProcessInfo) o).main, main);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pid, jdk, os, main);
    }
}
