package io.notsock.agent.cli;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import io.notsock.report.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code cache warm -o DIR}: fills a cache of woven classes for the JVM that runs this command, for images whose containers
 * would all start cold.
 *
 * <p>A second JVM runs under the agent, with its cache there, and loads all classes of the JDK that have hooks.
 */
final class CacheWarm {
    /** The command for that second JVM. */
    static final String LOAD = "load";

    private final Path folder;
    private final PrintStream out;
    private final PrintStream err;

    CacheWarm(Path folder, PrintStream out, PrintStream err) {
        this.folder = folder;
        this.out = out;
        this.err = err;
    }

    /** Runs it; whether the cache is filled. */
    boolean run() throws IOException, InterruptedException {
        Folders.create(folder);
        Path scratch = Files.createTempDirectory("notsock");
        Path alerts = scratch.resolve("alerts.json");
        int status;
        try {
            // Preparing an alerts file loads classes before they can be woven as they are loaded: the JVM shows them
            // anew.
            status = loadUnder("log=off,cache=" + folder);
            status = status == 0 ? loadUnder("log=off,cache=" + folder + ",alerts=" + alerts) : status;
        } finally {
            Files.deleteIfExists(alerts);
            Files.delete(scratch);
        }
        List<Path> files = files();
        if (status != 0 || files.isEmpty()) {
            err.println("notsock: cache warm: nothing was written to " + folder + " (status " + status + ")");
            return false;
        }
        if (!isWindows()) {
            readableForAll(files);
        }
        for (Path file : files) {
            out.println(file + ": woven classes for Java " + System.getProperty("java.runtime.version"));
        }
        return true;
    }

    private static int loadUnder(String options) throws IOException, InterruptedException {
        String jar = AgentJar.path().toString();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + jar + "=" + options,
                        "-cp",
                        jar,
                        "io.notsock.agent.boot.Main",
                        "cache",
                        LOAD))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** In the second JVM: loading a class is what weaves it. */
    static void load() {
        String os = isWindows() ? "windows" : "linux";
        for (Entry entry :
                Catalog.builtIn(os).forRuntime(Runtime.version().feature(), os).entries()) {
            for (Target target : entry.targets()) {
                if (target.kind() == Target.Kind.METHOD) {
                    load(target.owner());
                } else if (target.kind() == Target.Kind.CALL) {
                    target.within().forEach(caller -> load(Target.callerClass(caller)));
                }
            }
        }
    }

    private static void load(String pattern) {
        if (pattern.indexOf('*') >= 0) {
            return; // a library's
        }
        try {
            Class.forName(pattern, false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // of a module that this runtime does not have
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.classes")) {
            all.forEach(files::add);
        }
        return files;
    }

    /** An image is built by root, and its program runs as somebody else, who may read it and not write it. */
    private void readableForAll(List<Path> files) throws IOException {
        Set<PosixFilePermission> read = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        for (Path file : files) {
            Files.setPosixFilePermissions(file, read);
        }
        read.addAll(EnumSet.of(
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_EXECUTE));
        Files.setPosixFilePermissions(folder, read);
    }
}
