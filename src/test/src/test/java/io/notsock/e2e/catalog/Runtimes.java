package io.notsock.e2e.catalog;

import io.notsock.e2e.Jdks;
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

/** The runtimes whose classes the catalog is compared with: all that the tests have. */
final class Runtimes {
    /** The feature releases for which the catalog's ranges are exact. */
    static final List<Integer> TESTED = Jdks.MATRIX;

    private Runtimes() {}

    /** Feature release to home directory. */
    static Map<Integer, Path> homes() {
        return Jdks.all().stream().collect(Collectors.toMap(Jdks.Jdk::version, Jdks.Jdk::home));
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
