package io.notsock.e2e.truth;

import static io.notsock.e2e.truth.Rule.End.NEVER;
import static io.notsock.e2e.truth.Rule.End.SAME_THREAD;

import java.util.List;

/** What native code opens and closes without Java getting to know the number; docs/truth.md has the reasons. */
final class Unseen {
    private static final String ANY = ".*";
    private static final String LOADING = "start|tcp|inherited";

    /** An {@code openat} of a path that matches. */
    private static String path(String pattern) {
        return "open(at)?\\((AT_FDCWD, )?\"(" + pattern + ")\", .*";
    }

    private static String folder(String pattern) {
        return "open(at)?\\((AT_FDCWD, )?\"(" + pattern + ")\", [^\"]*O_DIRECTORY.*";
    }

    static final List<Rule> RULES = List.of(
            Rule.of("container limits", ANY, SAME_THREAD, path("/sys/fs/cgroup/[^\"]*")),
            Rule.of("container limits", ANY, SAME_THREAD, path("/proc/(self|\\d+)/(cgroup|mountinfo)")),
            Rule.of("memory limits", ANY, SAME_THREAD, path("/proc/(sys/vm/[^\"]*|meminfo|self/(maps|status|statm))")),
            Rule.of("processors", ANY, SAME_THREAD, path("(/sys/devices/system/|/proc/cpuinfo|/proc/stat)[^\"]*")),
            Rule.of("libraries", ANY, SAME_THREAD, path("[^\"]*\\.so(\\.[\\d.]+)?")),
            Rule.of("libraries", ANY, SAME_THREAD, path("/etc/ld\\.so\\.cache")),
            Rule.of("libraries", "jna", SAME_THREAD, path("[^\"]*/jna-?\\d+\\.tmp")),
            Rule.of("the VM's release file", ANY, SAME_THREAD, path("[^\"]*/release")),
            Rule.of("time zone", ANY, SAME_THREAD, path("(/etc/(timezone|localtime)|/usr/share/zoneinfo/[^\"]*)")),
            Rule.of("mount table", "files|native-files", SAME_THREAD, path("(/etc/mtab|/proc/mounts)")),
            Rule.of("user names", "process", SAME_THREAD, path("/etc/(passwd|group|nsswitch\\.conf)")),
            Rule.of(
                    "process information",
                    "process|attach|jna|many",
                    SAME_THREAD,
                    path("/proc/\\d+/(stat|cmdline|status|environ)")),
            Rule.of("process information", "process|attach", SAME_THREAD, folder("/proc")),
            Rule.of("listing by java.io.File", "leak", SAME_THREAD, folder("/proc/self/fd")),
            Rule.of("listing by java.io.File", "native-files", SAME_THREAD, folder("[^\"]*/truth-work")),
            Rule.of("listing by java.io.File", "jna", SAME_THREAD, folder("[^\"]*/(\\.cache/JNA/temp|jna-\\d+)")),
            Rule.of("a folder is no stream", "streams", SAME_THREAD, path("[^\"]*/truth-work")),
            Rule.of(
                    "exclusive creation",
                    "native-files|jna|attach",
                    SAME_THREAD,
                    "open(at)?\\((AT_FDCWD, )?\"[^\"]*\", O_RDWR\\|O_CREAT\\|O_EXCL.*"),
            Rule.of("performance data", "attach", SAME_THREAD, folder("/tmp|/proc/\\d+/root/tmp")),
            Rule.of("performance data", "attach", SAME_THREAD, path("[^\"]*/hsperfdata_[^\"]*")),
            Rule.of("a child's ends of its pipes", "process|jna|many", SAME_THREAD, "pipe2?\\(.*"),
            // Once in a JVM, at the first use by anybody, and that may be the agent's thread.
            Rule.of("loading of the network libraries", LOADING, SAME_THREAD, "socket\\(AF_INET6?, .*"),
            Rule.of("loading of the network libraries", LOADING, SAME_THREAD, path("/proc/net/(if_inet6|ipv6_route)")),
            Rule.of("pre-close marker", ANY, NEVER, "socketpair\\(AF_UNIX, SOCK_STREAM, .*"),
            Rule.of("pre-close marker", ANY, SAME_THREAD, "socketpair\\(AF_UNIX, SOCK_STREAM, .*"),
            Rule.of(
                    "ping and network interfaces",
                    "network",
                    SAME_THREAD,
                    "socket\\(AF_INET6?, (SOCK_DGRAM|SOCK_RAW|SOCK_STREAM), .*"),
            Rule.of("ping and network interfaces", "network", SAME_THREAD, path("/proc/net/if_inet6")));

    private Unseen() {}
}
