package io.notsock.e2e.library;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Assumptions;

/** The released jars that the build has copied, one folder for each library and version. */
public final class Libraries {
    private static final String RELOCATED = "io/grpc/netty/shaded/";

    private Libraries() {}

    /** The jars of one folder, as a class path. */
    public static Path[] jars(String folder) {
        String root = System.getProperty("notsock.libraries");
        if (root == null) {
            throw new IllegalStateException(
                    "The build sets -Dnotsock.libraries; in an IDE set it in the run configuration");
        }
        try (Stream<Path> files = Files.list(Path.of(root, folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toArray(Path[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes on only where the fixture {@code IoUringLoad} could use io_uring: kernels and containers may forbid it. */
    public static void ioUringIsThere(Jdks.Jdk jdk, String stdout) {
        Optional<String> reason = stdout.lines()
                .filter(line -> line.contains("io_uring unavailable"))
                .findFirst();
        String notTested = "not tested on " + jdk + ": " + reason.orElse("");
        Assumptions.assumeTrue(Jdks.there(reason.isEmpty(), notTested), notTested);
    }

    /**
     * Copies a fixture's classes, with netty's names in them changed as grpc-netty-shaded has changed them in netty: the
     * same program against a relocated copy.
     */
    public static void relocate(String fixture, Path into) throws IOException {
        Path source = ChildJvm.fixtures().resolve(fixture.replace('.', '/') + ".class");
        String simple = fixture.substring(fixture.lastIndexOf('.') + 1);
        List<Path> classes;
        try (Stream<Path> files = Files.list(source.getParent())) {
            classes = files.filter(file -> file.getFileName().toString().matches(simple + "(\\$.*)?\\.class"))
                    .toList();
        }
        for (Path file : classes) {
            ClassWriter writer = new ClassWriter(0);
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            reader.accept(
                    new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                        @Override
                        public String map(String name) {
                            return name.startsWith("io/netty/") ? RELOCATED + name : name;
                        }
                    }),
                    0);
            Path target = into.resolve(ChildJvm.fixtures().relativize(file));
            Files.createDirectories(target.getParent());
            Files.write(target, writer.toByteArray());
        }
    }
}
