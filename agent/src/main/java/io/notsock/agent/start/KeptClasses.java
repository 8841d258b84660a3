package io.notsock.agent.start;

import io.notsock.agent.cache.ClassCache;
import io.notsock.agent.options.Options;
import io.notsock.agent.weave.WovenClasses;
import io.notsock.catalog.RuntimeCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The cache of woven classes as the options want it; running it writes what is new. Without one nothing happens.
 *
 * <p>A cache that cannot be read or written costs the time of weaving, nothing else: only of a folder that somebody has
 * asked for is it said.
 */
final class KeptClasses implements Runnable {
    /** Changes with every build: what an agent weaves depends on all of its code. */
    private static final String BUILD = "build.id";

    private final ClassCache cache;
    private final Path folder;
    private final boolean askedFor;

    private KeptClasses(ClassCache cache, Path folder, boolean askedFor) {
        this.cache = cache;
        this.folder = folder;
        this.askedFor = askedFor;
    }

    static KeptClasses of(Options options, RuntimeCatalog catalog, boolean windows) {
        boolean askedFor = options.cacheFolder() != null;
        try {
            Path folder = !options.cache() ? null : askedFor ? Path.of(options.cacheFolder()) : usersFolder(windows);
            String build = folder == null ? null : build();
            if (build != null) {
                return new KeptClasses(
                        ClassCache.in(folder, !windows, validFor(build, options, catalog)), folder, askedFor);
            }
        } catch (IOException | RuntimeException e) {
            if (askedFor) {
                AgentStart.complain("cache=" + options.cacheFolder() + ": not used: " + e);
            }
        }
        return new KeptClasses(null, null, false);
    }

    /** Everything besides a class file that decides what is woven into it. */
    private static String validFor(String build, Options options, RuntimeCatalog catalog) {
        String valid = build + " " + System.getProperty("java.vendor") + " "
                + System.getProperty("java.runtime.version") + " " + System.getProperty("os.arch");
        valid = !options.explain() ? valid : valid + (options.explainExecutors() ? " explain executors" : " explain");
        return options.catalog().isEmpty() ? valid : valid + " " + Integer.toHexString(catalog.contentHash());
    }

    /** {@code null} where the user has none: a container's user may be a mere number. */
    private static Path usersFolder(boolean windows) {
        String caches = Environment.variables().get(windows ? "LOCALAPPDATA" : Environment.CACHE_HOME);
        if (caches == null && !windows) {
            caches = System.getProperty("user.home", "").concat("/.cache");
        }
        Path folder = caches == null ? null : Path.of(caches);
        return folder == null || !folder.isAbsolute()
                ? null
                : folder.resolve("notsock").resolve("classes");
    }

    /** {@code null} for classes that no build has made a jar of. */
    private static String build() throws IOException {
        try (InputStream in = KeptClasses.class.getClassLoader().getResourceAsStream(BUILD)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
        }
    }

    WovenClasses classes() {
        return cache == null ? WovenClasses.NONE : cache;
    }

    void distrust() {
        if (cache != null) {
            cache.distrust();
        }
    }

    @Override
    public void run() {
        if (cache == null) {
            return;
        }
        try {
            cache.save();
        } catch (IOException | RuntimeException e) {
            if (askedFor && cache.isEmpty()) { // an image's own is not to be written, but it was read
                AgentStart.complain("cache=" + folder + ": cannot be written: " + e);
            }
        }
    }
}
