package io.notsock.process;

/** The smallest program: what is left of its CPU time is the start of the JVM and its agent. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
