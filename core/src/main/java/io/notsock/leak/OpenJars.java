package io.notsock.leak;

import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Knows the jars on the class path and the module path, which whoever launches the program keeps open. */
final class OpenJars {
    private Set<String> paths;

    /** Whether this file is one of them; {@code null} is none. Confined to the agent's thread. */
    boolean ofClassPath(String path) {
        if (path == null) {
            return false;
        }
        if (paths == null) {
            paths = new HashSet<>();
            add(System.getProperty("java.class.path"));
            add(System.getProperty("jdk.module.path"));
        }
        return paths.contains(path);
    }

    private void add(String list) {
        if (list == null) {
            return;
        }
        for (String entry : list.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                File file = new File(entry);
                paths.add(file.getAbsolutePath());
                paths.add(canonical(file));
            }
        }
    }

    /** The OS names a file without links. */
    private static String canonical(File file) {
        try {
            return file.getCanonicalPath();
        } catch (IOException e) {
            return file.getAbsolutePath();
        }
    }
}
