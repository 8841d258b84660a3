package io.notsock.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class PlantedInitializerTest {
    /** With constants of two places, a field and methods, all of which have to stay what they are. */
    static final class Host {
        private final long number;

        Host(long number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "host " + (number + 0x1_0000_0000L) + " " + Math.round(number * 2.5d);
        }
    }

    static final class WithInitializer {
        static final Object ONE = new Object();

        private WithInitializer() {}
    }

    /** As the JVM verifies and initializes it: outside of java.base, where the initializer may do nothing, it does no harm. */
    @Test
    void aPlantedClassIsWhatItWas() throws Exception {
        byte[] planted = new PlantedInitializer("a/B", new byte[0]).planted(classFile(Host.class));
        Class<?> type = new Loader().define(Host.class.getName(), planted);
        var constructor =
                Class.forName(type.getName(), true, type.getClassLoader()).getDeclaredConstructor(long.class);
        constructor.setAccessible(true);

        assertThat(type).isNotEqualTo(Host.class);
        assertThat(constructor.newInstance(4L).toString()).isEqualTo(new Host(4).toString());
    }

    @Test
    void aClassWithAnInitializerIsLeftAlone() throws IOException {
        assertThat(new PlantedInitializer("a/B", new byte[0]).planted(classFile(WithInitializer.class)))
                .isNull();
    }

    @Test
    void whatIsNoClassFileIsLeftAlone() {
        PlantedInitializer planted = new PlantedInitializer("a/B", new byte[0]);

        assertThat(planted.transform(null, "java/io/StringBufferInputStream", null, null, new byte[4]))
                .isNull();
        assertThat(planted.transform(null, "java/io/SequenceInputStream", null, null, new byte[4]))
                .isNull();
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    private static final class Loader extends ClassLoader {
        Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
