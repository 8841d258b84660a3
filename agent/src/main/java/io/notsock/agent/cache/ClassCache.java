package io.notsock.agent.cache;

import io.notsock.agent.weave.WovenClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Woven classes in a file: read once at start, asked while classes are loaded, written by the agent's own thread when
 * there is something new.
 *
 * <p>Thread-safe.
 */
public final class ClassCache implements WovenClasses {
    /** One class has two faces on one JDK, with and without its archive; more come from other agents in the JVM. */
    private static final int FACES = 4;
    /** A program with more woven classes than this weaves the rest at every start. */
    private static final int CAPACITY = 1000;

    private static final List<CacheFile.Entry> NONE = List.of();

    private final CacheFolder folder;
    private final String name;
    private final String validFor;
    /** As read at start; {@code null} for none. */
    private final CacheFile known;

    private final ConcurrentLinkedQueue<CacheFile.Entry> fresh = new ConcurrentLinkedQueue<>();
    private volatile boolean trusted = true;
    private volatile boolean writable = true;

    private ClassCache(CacheFolder folder, String name, String validFor) {
        this.folder = folder;
        this.name = name;
        this.validFor = validFor;
        this.known = read();
    }

    /**
     * Reads the cache.
     *
     * @param folder where it lies; need not exist
     * @param posix whether its owner and mode can be checked
     * @param validFor everything besides a class file that decides what is woven into it
     */
    public static ClassCache in(Path folder, boolean posix, String validFor) {
        byte[] key = validFor.getBytes(StandardCharsets.UTF_8);
        return new ClassCache(
                new CacheFolder(folder, posix),
                "woven-".concat(Long.toHexString(Fingerprint.of(key, 0, key.length))),
                validFor);
    }

    private CacheFile read() {
        byte[] bytes = folder.read(name);
        return bytes == null ? null : CacheFile.read(validFor, bytes);
    }

    /** Mostly the class file is the one of the start before, byte for byte; else it is gone through. */
    @Override
    public byte[] find(String className, byte[] classFile) {
        List<CacheFile.Entry> faces = known == null || !trusted ? NONE : known.find(className);
        if (faces.isEmpty()) {
            return null;
        }
        long asItIs = Fingerprint.of(classFile, 0, classFile.length);
        for (CacheFile.Entry face : faces) {
            if (face.asItWas == asItIs) {
                return face.woven;
            }
        }
        long original = Fingerprint.ofClass(classFile);
        for (CacheFile.Entry face : faces) {
            if (face.original == original) {
                return face.woven;
            }
        }
        return null;
    }

    @Override
    public void add(String className, byte[] classFile, byte[] woven) {
        if (trusted && writable && (known == null || known.find(className).size() < FACES)) {
            fresh.add(new CacheFile.Entry(
                    className, Fingerprint.of(classFile, 0, classFile.length), Fingerprint.ofClass(classFile), woven));
        }
    }

    /** Whether nothing was found at start. */
    public boolean isEmpty() {
        return known == null;
    }

    /** The JVM has refused a class that came from here: nothing is taken from it any more, nor added. */
    public void distrust() {
        trusted = false;
        fresh.clear();
    }

    /**
     * Writes what is new, together with what others have written meanwhile. Does nothing where nothing is.
     * Not for the application's threads.
     *
     * @throws IOException where it cannot be written; nothing is kept for writing from then on
     */
    public synchronized void save() throws IOException {
        // Twice at most: writing a file for the first time loads classes that are woven themselves.
        for (int round = 0; round < 2 && !fresh.isEmpty(); round++) {
            Map<String, CacheFile.Entry> all = new LinkedHashMap<>();
            CacheFile written = read();
            if (written != null) {
                for (CacheFile.Entry entry : written.entries()) {
                    all.put(key(entry), entry);
                }
            }
            for (CacheFile.Entry entry = fresh.poll(); entry != null; entry = fresh.poll()) {
                if (all.size() < CAPACITY) {
                    all.put(key(entry), entry);
                }
            }
            write(all.values());
        }
    }

    private void write(Collection<CacheFile.Entry> all) throws IOException {
        try {
            folder.write(name, CacheFile.write(validFor, all));
        } catch (IOException | RuntimeException e) {
            writable = false;
            fresh.clear();
            throw e;
        }
    }

    private static String key(CacheFile.Entry entry) {
        return entry.className + ' ' + entry.original;
    }
}
