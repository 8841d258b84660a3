package io.notsock.e2e.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is inside the one jar that users take, and what is not. */
class AgentJarTest {
    private static final long LARGEST = 6 * 1024 * 1024;
    private static final int JAVA_11 = 55;

    private static JarFile jar;
    private static List<String> files;
    /** The class files in the jar, by internal name: entries of their own and those in images. */
    private static Map<String, byte[]> classes;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(ChildJvm.agentJar().toFile());
        files = jar.stream()
                .filter(e -> !e.isDirectory())
                .map(JarEntry::getName)
                .toList();
        classes = new TreeMap<>();
        for (String file : files) {
            if (file.endsWith(".class")) {
                classes.put(file.substring(0, file.length() - ".class".length()), bytes(file));
            } else if (file.endsWith(".image")) {
                ClassImages.read(bytes(file))
                        .forEach((name, content) -> assertThat(classes.put(name, content))
                                .as(name + " twice")
                                .isNull());
            }
        }
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void onlyTheEntryPointsAreVisibleToTheApplication() {
        assertThat(files)
                .allMatch(name -> name.startsWith("META-INF/")
                        || name.startsWith("io/notsock/agent/boot/")
                        || name.startsWith("notsock/"));
        assertThat(files.stream().filter(name -> name.startsWith("META-INF/")))
                .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "META-INF/LICENSE", "META-INF/NOTICE");
        assertThat(files.stream().filter(name -> name.endsWith(".class")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/notsock/agent/boot/"));
    }

    @Test
    void theManifestNamesTheEntryPointsAndNoBootClassPath() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();

        assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.notsock.agent.boot.NotsockAgent");
        assertThat(manifest.getValue("Agent-Class")).isEqualTo("io.notsock.agent.boot.NotsockAgent");
        assertThat(manifest.getValue("Main-Class")).isEqualTo("io.notsock.agent.boot.Main");
        assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
        assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("true");
        assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
        assertThat(manifest.getValue("Boot-Class-Path")).isNull();
        assertThat(manifest.getValue("Class-Path")).isNull();
        assertThat(manifest.getValue("Launcher-Agent-Class")).isNull();
    }

    /** Else the JDK makes method handles to call them. */
    @Test
    void theEntryPointsAreFlaggedToBeCalledNatively() {
        Map<String, Integer> flags = new TreeMap<>();
        new ClassReader(classes.get("io/notsock/agent/boot/NotsockAgent"))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] thrown) {
                                flags.put(name, access);
                                return null;
                            }
                        },
                        0);

        int expected = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_VARARGS;
        assertThat(flags).containsEntry("premain", expected).containsEntry("agentmain", expected);
        assertThat(flags.get("start") & Opcodes.ACC_VARARGS).isZero();
    }

    @Test
    void itIsSmall() throws IOException {
        assertThat(Files.size(ChildJvm.agentJar())).isLessThanOrEqualTo(LARGEST);
    }

    @Test
    void everyClassRunsOnJava11() {
        List<String> tooNew = classes.keySet().stream()
                .filter(name -> majorOf(name) > JAVA_11 || majorOf(name) < 45)
                .toList();

        assertThat(classes).hasSizeGreaterThan(1000);
        assertThat(tooNew).isEmpty();
    }

    @Test
    void everyLibraryIsRelocated() {
        Set<String> names = classes.keySet().stream()
                .filter(name -> !name.startsWith("io/notsock/") && !name.equals("java/io/NotsockHooks"))
                // bound by its native library's names, and out of the application's sight like everything here
                .filter(name -> !name.startsWith("com/sun/jna/"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names).isEmpty();
        assertThat(classes).containsKey("java/io/NotsockHooks");
    }

    /** A name that relocation has missed would be looked for in the application's class path. */
    @Test
    void noClassNamesALibraryByItsOwnName() throws IOException {
        List<String> libraries =
                List.of("net/bytebuddy/", "ch/qos/logback/", "org/slf4j/", "com/fasterxml/jackson/", "org/jctools/");
        for (String name : classes.keySet()) {
            String content = new String(classes.get(name), StandardCharsets.ISO_8859_1)
                    .replace("io/notsock/shaded/", "io/notsock/shaded#");
            for (String library : libraries) {
                assertThat(content.contains("L" + library) || content.contains("(" + library))
                        .as(name + " names " + library)
                        .isFalse();
            }
        }
    }

    @Test
    void noSignatureModuleOrVersionedEntryIsLeft() {
        assertThat(files)
                .noneMatch(name -> name.endsWith("module-info.class")
                        || name.endsWith(".SF")
                        || name.endsWith(".RSA")
                        || name.contains("META-INF/versions/")
                        || name.contains("META-INF/maven/")
                        || name.contains("META-INF/native/"));
    }

    @Test
    void serviceFilesNameClassesThatAreThere() throws IOException {
        List<String> services = files.stream()
                .filter(name -> name.startsWith("notsock/META-INF/services/"))
                .toList();

        for (String service : services) {
            String contract = service.substring("notsock/META-INF/services/".length());
            assertThat(contract).as("relocated").startsWith("io.notsock.");
            for (String line :
                    new String(bytes(service), StandardCharsets.UTF_8).lines().toList()) {
                String provider = line.replaceFirst("#.*", "").strip();
                if (!provider.isEmpty()) {
                    assertThat(classes).as(service).containsKey(provider.replace('.', '/'));
                }
            }
        }
    }

    @Test
    void theLicencesOfWhatIsInsideAreThere() throws IOException {
        assertThat(new String(bytes("META-INF/LICENSE"), StandardCharsets.UTF_8))
                .contains("Apache License");
        assertThat(files).contains("notsock/META-INF/licenses/ASM");
    }

    private static int majorOf(String name) {
        ByteBuffer content = ByteBuffer.wrap(classes.get(name));
        assertThat(content.getInt()).isEqualTo(0xCAFEBABE);
        return content.getShort(6);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }
}
