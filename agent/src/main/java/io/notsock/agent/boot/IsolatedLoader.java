package io.notsock.agent.boot;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Loads the agent's own classes and libraries from {@code notsock/…​.classdata} inside the agent's jar.
 *
 * <p>Its parent is the platform loader: what the application has on its class path, another Logback for instance, is out
 * of sight, and the other way round nothing of ours can be found by the application. Parallel-capable, because a loader
 * that locks itself has deadlocked other agents (opentelemetry-java-instrumentation #5585).
 */
final class IsolatedLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String FOLDER = "notsock/";
    private static final String OURS = "io.notsock.";

    private final JarFile jar;
    private final File file;
    private final String location;
    /** Without a location: the JDK makes its text anew for every class that is defined. */
    private final ProtectionDomain domain = trusted();

    private IsolatedLoader(File file, JarFile jar) throws IOException {
        super(ClassLoader.getPlatformClassLoader());
        this.jar = jar;
        this.file = file;
        this.location = "jar:" + file.toURI().toURL() + "!/" + FOLDER;
    }

    private static ProtectionDomain trusted() {
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), all);
    }

    static IsolatedLoader open(File file) throws IOException {
        return new IsolatedLoader(file, new JarFile(file, false));
    }

    /** What is ours is nobody else's: the parents need not be asked. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        JarEntry entry = jar.getJarEntry(FOLDER.concat(name.replace('.', '/')).concat(".classdata"));
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes;
        try {
            bytes = read(entry);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    @Override
    protected URL findResource(String name) {
        if (jar.getJarEntry(FOLDER.concat(name)) == null) {
            return null;
        }
        try {
            return new URL(location.concat(name));
        } catch (MalformedURLException e) {
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
        JarEntry entry = jar.getJarEntry(FOLDER.concat(name));
        if (entry == null) {
            return super.getResourceAsStream(name);
        }
        try {
            return new ByteArrayInputStream(read(entry));
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The application's bug may have closed the jar's descriptor, a sweep does on purpose: then the file is read from its
     * start by a descriptor of its own. (A second JarFile would share the broken one with the first.)
     */
    private byte[] read(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            if (bytes.length == entry.getSize()) {
                return bytes;
            }
        } catch (IOException closedUnderneath) {
            // read below
        }
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(new FileInputStream(file)))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (e.getName().equals(entry.getName())) {
                    return zip.readAllBytes();
                }
            }
        }
        throw new FileNotFoundException(entry.getName());
    }
}
