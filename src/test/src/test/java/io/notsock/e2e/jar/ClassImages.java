package io.notsock.e2e.jar;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;

/** Takes apart an image of the agent's jar, as {@code io.notsock.agent.boot.ClassImage} describes it. */
final class ClassImages {
    private ClassImages() {}

    /** The class files in it, by internal name. */
    static Map<String, byte[]> read(byte[] image) {
        ByteBuffer in = ByteBuffer.wrap(image);
        Map<String, byte[]> classes = new TreeMap<>();
        int rows = in.getInt();
        for (int i = 0; i < rows; i++) {
            in.getInt(); // hash
            int offset = in.getInt();
            int length = in.getInt();
            if (offset != 0 && ByteBuffer.wrap(image).getInt(offset) == 0xCAFEBABE) {
                byte[] content = Arrays.copyOfRange(image, offset, offset + length);
                classes.put(new ClassReader(content).getClassName(), content);
            }
        }
        return classes;
    }
}
