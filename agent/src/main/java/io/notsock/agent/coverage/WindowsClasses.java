package io.notsock.agent.coverage;

import io.notsock.agent.coverage.Coverage.Kind;
import java.io.FileDescriptor;
import java.io.NotsockHooks;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names the class of a handle of Windows that the registry does not know.
 *
 * <p>The JDK opens files, sockets and pipes (all of them "file" to Windows), events, ports, processes and tokens by
 * functions that are hooked. The VM and the system's libraries open such things too, and many that Java has no part in, by
 * themselves. So only of a file is it said that nobody accounts for it.
 */
final class WindowsClasses {
    private static final String FILE = "file";
    /** Programs and libraries that are loaded; those of Unix are wine's. */
    private static final Pattern LIBRARY = Pattern.compile("\\.(dll|exe|mui|nls|so[.\\d]*)$|/wine64?$");

    private final long[] standard = {
        NotsockHooks.number(FileDescriptor.in),
        NotsockHooks.number(FileDescriptor.out),
        NotsockHooks.number(FileDescriptor.err)
    };
    private final String home = path(System.getProperty("java.home"));
    private final String folder = path(System.getProperty("user.dir"));

    /** @param what the object's type, and behind it a file's name where it has one */
    Kind of(long number, String what) {
        if (!what.equals(FILE) && !what.startsWith(FILE + " ")) {
            return Kind.SYSTEM;
        }
        for (long each : standard) {
            if (each == number) {
                return Kind.BEFORE_AGENT;
            }
        }
        return ofVm(what.substring(FILE.length()).trim()) ? Kind.VM : Kind.UNCLASSIFIED;
    }

    /**
     * What the VM and the system open by themselves: the image, jars of the class path, logs and recordings, the folder in
     * which the program was started, the console, the driver by which a selector waits.
     */
    private boolean ofVm(String name) {
        String path = path(name);
        if (path.isEmpty()) {
            return false;
        }
        return path.contains(home)
                || path.endsWith(folder)
                || path.endsWith(folder.concat("/"))
                || LIBRARY.matcher(path).find()
                || path.endsWith(".jar")
                || path.endsWith(".jsa")
                || path.endsWith(".jfr")
                || path.contains("hsperfdata")
                || path.contains("/condrv")
                || path.contains("/device/afd")
                || path.contains("/device/cng")
                || path.contains("/device/ksecdd")
                || path.contains("/device/nsi");
    }

    /** Without the drive, which the kernel calls otherwise. */
    private static String path(String name) {
        if (name == null) {
            return "\0";
        }
        String plain = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return plain.length() > 2 && plain.charAt(1) == ':' ? plain.substring(2) : plain;
    }
}
