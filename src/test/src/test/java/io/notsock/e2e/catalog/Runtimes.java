package io.notsock.e2e.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runtimes at hand: those named by {@code NOTSOCK_JDK_11}, {@code _17}, {@code _21}, {@code _25}, and this JVM. */
final class Runtimes {
    /** The feature releases for which the catalog's ranges are exact. */
    static final List<Integer> TESTED = List.of(11, 17, 21, 25);

    private Runtimes() {}

    /** Feature release to home directory. */
    static Map<Integer, Path> homes() {
        Map<Integer, Path> homes = new HashMap<>();
        int own = Runtime.version().feature();
        if (TESTED.contains(own)) {
            homes.put(own, Path.of(System.getProperty("java.home")));
        }
        for (int feature : TESTED) {
            String home = System.getenv("NOTSOCK_JDK_" + feature);
            if (home != null && !home.isEmpty()) {
                homes.put(feature, Path.of(home));
            }
        }
        return homes;
    }

    /** The class files of one runtime. */
    static final class Image implements AutoCloseable {
        private final FileSystem system;
        private final List<Path> modules;
        private final Map<String, byte[]> known = new HashMap<>();

        Image(Path home) throws IOException {
            system = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
            try (Stream<Path> all = Files.list(system.getPath("/modules"))) {
                modules = all.collect(Collectors.toList());
            }
        }

        /** The bytes of a class by its internal name, or {@code null} where the runtime has none. */
        byte[] bytes(String internalName) {
            return known.computeIfAbsent(internalName, this::read);
        }

        private byte[] read(String internalName) {
            try {
                for (Path module : modules) {
                    Path file = module.resolve(internalName + ".class");
                    if (Files.exists(file)) {
                        return Files.readAllBytes(file);
                    }
                }
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The internal names of all classes of a package, in every module that has it. */
        List<String> classesOf(String internalPackage) throws IOException {
            List<String> names = new ArrayList<>();
            for (Path module : modules) {
                Path folder = module.resolve(internalPackage);
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        for (Path file : files.collect(Collectors.toList())) {
                            String name = file.getFileName().toString();
                            if (name.endsWith(".class")) {
                                names.add(internalPackage + "/" + name.substring(0, name.length() - 6));
                            }
                        }
                    }
                }
            }
            return names;
        }

        @Override
        public void close() throws IOException {
            system.close();
        }
    }
}
