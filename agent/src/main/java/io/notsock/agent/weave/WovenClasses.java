package io.notsock.agent.weave;

/**
 * Remembers what was woven into which class file, beyond the end of this JVM.
 *
 * <p>Thread-safe, and called while classes are loaded: takes no lock, does no I/O and loads nothing.
 */
public interface WovenClasses {
    /** Remembers nothing. */
    WovenClasses NONE = new WovenClasses() {
        @Override
        public byte[] find(String className, byte[] classFile) {
            return null;
        }

        @Override
        public void add(String className, byte[] classFile, byte[] woven) {}
    };

    /** The same class file with its hooks, or {@code null} where it was never woven whole. */
    byte[] find(String className, byte[] classFile);

    /** These hooks were woven into this class file, and none was missing. */
    void add(String className, byte[] classFile, byte[] woven);
}
