package io.notsock.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolatedLoaderTest {
    private static final int CLASSES = 300;
    private static final int THREADS = 4;
    /** The start's image has the packages that a start needs. */
    private static final String PREFIX = "io.notsock.track.C";

    @TempDir
    private Path folder;

    private IsolatedLoader loader;

    @BeforeEach
    void jarOfClasses() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < CLASSES; i++) {
            String superclass = i == 0 ? "java/util/ArrayList" : internal(i - 1);
            ClassWriter writer = new ClassWriter(0);
            writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, internal(i), null, superclass, null);
            writer.visitEnd();
            classes.put(PREFIX + i, writer.toByteArray());
        }
        byte[] image = ClassImageWriter.image(classes);
        Path jar = folder.resolve("agent.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            ZipEntry entry = new ZipEntry("notsock/start.image");
            CRC32 crc = new CRC32();
            crc.update(image);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(image.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(image);
        }
        loader = IsolatedLoader.open(jar.toFile());
    }

    private static String internal(int i) {
        return (PREFIX + i).replace('.', '/');
    }

    @Test
    void threadsThatLoadTheSameClassesAtOnceGetTheSameOnes() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<List<Class<?>>> loads = () -> {
                List<Class<?>> found = new ArrayList<>();
                for (int i = 0; i < CLASSES; i++) {
                    if (i % 10 == 0) {
                        together.await(10, TimeUnit.SECONDS);
                    }
                    found.add(loader.loadClass(PREFIX + i));
                }
                return found;
            };
            List<Future<List<Class<?>>>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                all.add(pool.submit(loads));
            }
            List<Class<?>> expected = all.get(0).get();
            for (Future<List<Class<?>>> each : all) {
                assertThat(each.get()).isEqualTo(expected);
            }
            assertThat(expected).allMatch(type -> type.getClassLoader() == loader);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void classesOfTheJdkAreThoseThatEverybodyHas() throws Exception {
        for (Class<?> type : List.of(String.class, java.sql.Date.class, java.util.logging.Logger.class)) {
            assertThat(loader.loadClass(type.getName())).isSameAs(type);
        }
    }

    @Test
    void whatTheApplicationHasIsNotSeen() {
        assertThatThrownBy(() -> loader.loadClass(Test.class.getName())).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> loader.loadClass("java.no.SuchClass")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> loader.loadClass(PREFIX + CLASSES)).isInstanceOf(ClassNotFoundException.class);
    }
}
