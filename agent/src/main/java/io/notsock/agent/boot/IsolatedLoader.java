package io.notsock.agent.boot;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Loads the agent's own classes and libraries from inside the agent's jar: from {@link ClassImage images} in its folder
 * {@code notsock/}.
 *
 * <p>Its parent is the platform loader: what the application has on its class path, another Logback for instance, is out
 * of sight, and the other way round nothing of ours can be found by the application. Parallel-capable, because a loader
 * that locks itself has deadlocked other agents (opentelemetry-java-instrumentation #5585).
 */
final class IsolatedLoader extends ClassLoader implements Consumer<Function<Object[], Throwable>>, Runnable {
    static {
        registerAsParallelCapable();
    }

    private static final String FOLDER = "notsock/";
    private static final String OURS = "io.notsock.";

    private final JarFile jar;
    private final File file;
    private final ClassImage start;
    /** Of later ones, by name; they can be read again. */
    private final ConcurrentHashMap<String, ClassImage> later = new ConcurrentHashMap<>();

    private volatile Function<Object[], Throwable> entryPoint;
    /** Without a location: the JDK makes its text anew for every class that is defined. */
    private final ProtectionDomain domain = trusted();

    private IsolatedLoader(File file, JarFile jar) throws IOException {
        super(ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        this.file = file;
        this.start = read(ClassImage.START);
    }

    private static ProtectionDomain trusted() {
        if (Runtime.version().feature() >= 24) {
            return null; // no security manager any more (JEP 486): nobody asks
        }
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), all);
    }

    static IsolatedLoader open(File file) throws IOException {
        return new IsolatedLoader(file, new JarFile(file, false));
    }

    /**
     * Initializes a class, which hands its entry point over to {@link #accept}. Without reflection: since JDK 18 that works
     * by method handles (JEP 416), and making the first of a shape costs 20 ms of a start.
     */
    Function<Object[], Throwable> entryPoint(String className) throws ClassNotFoundException {
        Class.forName(className, true, this);
        return entryPoint;
    }

    /** For the class that is being initialized. */
    @Override
    public void accept(Function<Object[], Throwable> point) {
        entryPoint = point;
    }

    /** Gives back the memory that images take, megabytes of them: called when the start is over, and once in a while. */
    @Override
    public void run() {
        start.release(); // what comes late of it is read by itself
        later.clear();
    }

    /**
     * What is ours is nobody else's: the parents need not be asked. Two threads that load the same class both define it, and
     * one of them is told that it is there already; a lock for each name, which would prevent that, is made for every class of
     * a start.
     */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            Class<?> found = name.startsWith("java.") ? ofBootLoader(name) : null;
            return found != null ? found : super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
            return loaded;
        }
        try {
            return findClass(name);
        } catch (LinkageError e) {
            loaded = findLoadedClass(name);
            if (loaded == null) {
                throw e;
            }
            return loaded;
        }
    }

    /**
     * The parents end up there, too, by way of a lock and a look-up in each loader: a start asks for 130 of the JDK's classes.
     * A security manager would be asked about the application's code that happens to be below us.
     */
    @SuppressWarnings("removal") // a policy of JDK 11 or 17
    private static Class<?> ofBootLoader(String name) {
        try {
            return System.getSecurityManager() == null ? Class.forName(name, false, null) : null;
        } catch (ClassNotFoundException e) {
            return null; // java.sql's, for one
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            String group = ClassImage.START;
            ClassImage image = start;
            int row = start.find(name);
            if (row < 0) {
                group = ClassImage.of(name);
                image = group == null ? null : image(group);
                row = image == null ? -1 : image.find(name);
            }
            if (row < 0) {
                throw new ClassNotFoundException(name);
            }
            byte[] whole = image.whole();
            if (whole != null) {
                return defineClass(name, whole, image.offset(row), image.length(row), domain);
            }
            byte[] bytes = read(entry(group), image.offset(row), image.length(row));
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private ClassImage image(String name) throws IOException {
        if (name.equals(ClassImage.START)) {
            return start;
        }
        ClassImage image = later.get(name);
        if (image == null) {
            image = read(name);
            later.put(name, image);
        }
        return image;
    }

    private ClassImage read(String image) throws IOException {
        JarEntry entry = entry(image);
        return new ClassImage(read(entry, 0, (int) entry.getSize()));
    }

    private JarEntry entry(String image) {
        return jar.getJarEntry(FOLDER.concat(image).concat(".image"));
    }

    @Override
    protected URL findResource(String name) {
        if (jar.getJarEntry(FOLDER.concat(name)) == null) {
            return null;
        }
        try {
            return new URL("jar:" + file.toURI().toURL() + "!/" + FOLDER + name);
        } catch (IOException e) { // malformed, which it is not
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL url = findResource(name);
        return url == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(url));
    }

    /** Straight from the jar: through a URL the JDK would open the jar once more and keep it in its cache. */
    @Override
    public InputStream getResourceAsStream(String name) {
        try {
            int row = start.find(name);
            if (row >= 0) {
                byte[] whole = start.whole();
                return whole != null
                        ? new ByteArrayInputStream(whole, start.offset(row), start.length(row))
                        : new ByteArrayInputStream(read(entry(ClassImage.START), start.offset(row), start.length(row)));
            }
            JarEntry entry = jar.getJarEntry(FOLDER.concat(name));
            return entry == null
                    ? super.getResourceAsStream(name)
                    : new ByteArrayInputStream(read(entry, 0, (int) entry.getSize()));
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Part of an entry. The application's bug may have closed the jar's descriptor, a sweep does on purpose: then the file is
     * read from its start by a descriptor of its own. (A second JarFile would share the broken one with the first.)
     */
    private byte[] read(JarEntry entry, int offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (InputStream in = jar.getInputStream(entry)) {
            if (in.skip(offset) == offset && in.readNBytes(bytes, 0, length) == length) {
                return bytes;
            }
        } catch (IOException closedUnderneath) {
            // read below
        }
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(new FileInputStream(file)))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (e.getName().equals(entry.getName())) {
                    zip.readNBytes(offset);
                    zip.readNBytes(bytes, 0, length);
                    return bytes;
                }
            }
        }
        throw new IOException(file + " has no " + entry.getName());
    }
}
