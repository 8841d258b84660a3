package io.notsock.junit;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings the agent into this JVM where it was not started with it: {@code notsock-agent.jar} is looked for on the class path.
 *
 * <p>A JVM may attach to itself only with {@code -Djdk.attach.allowAttachSelf=true} (since JDK 9); otherwise a child process
 * attaches, which needs no permission. JDK 21 and later warn of it on stderr unless started with {@code
 * -XX:+EnableDynamicAgentLoading} (JEP 451).
 */
final class Attach {
    private static final String ENTRY = "io/notsock/agent/boot/NotsockAgent.class";
    private static final AtomicBoolean TRIED = new AtomicBoolean();
    private static final long PATIENCE_SECONDS = 60;
    private static final List<String> JVM_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private Attach() {}

    /** Tries it once in a JVM, and says in one line if it cannot be. */
    static void once() {
        if (!TRIED.compareAndSet(false, true)) {
            return;
        }
        if (Agent.present()) {
            Say.once("the agent in this JVM is another version than notsock-junit: tests are not failed by it");
            return;
        }
        String reason;
        try {
            reason = attach();
        } catch (IOException e) {
            reason = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason = "interrupted";
        }
        if (reason != null) {
            Say.once("tests are not watched, there is no agent in this JVM: " + reason.strip());
        }
    }

    private static String attach() throws IOException, InterruptedException {
        File jar = jar();
        if (jar == null) {
            return "start it with -javaagent:notsock-agent.jar, or have notsock-agent on the test class path";
        }
        String options =
                System.getProperty("notsock.mode") == null && System.getenv("NOTSOCK_MODE") == null ? "mode=test" : "";
        String pid = Long.toString(ProcessHandle.current().pid());
        return Boolean.getBoolean("jdk.attach.allowAttachSelf")
                ? byItself(jar, pid, options)
                : byChild(jar, pid, options);
    }

    private static File jar() throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        URL url = loader == null ? null : loader.getResource(ENTRY);
        url = url != null ? url : Attach.class.getClassLoader().getResource(ENTRY);
        if (url == null || !url.getProtocol().equals("jar")) {
            return null;
        }
        try {
            return new File(
                    ((JarURLConnection) url.openConnection()).getJarFileURL().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String byItself(File jar, String pid, String options) {
        try {
            Class<?> api =
                    Class.forName("com.sun.tools.attach.VirtualMachine", true, ClassLoader.getSystemClassLoader());
            Object vm = api.getMethod("attach", String.class).invoke(null, pid);
            try {
                api.getMethod("loadAgent", String.class, String.class).invoke(vm, jar.toString(), options);
            } finally {
                api.getMethod("detach").invoke(vm);
            }
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause().toString();
        } catch (ReflectiveOperationException | LinkageError e) {
            return "this Java runtime has no module jdk.attach; start it with -javaagent:" + jar;
        }
    }

    /** The agent's jar is a program, too, one of whose commands attaches. */
    private static String byChild(File jar, String pid, String options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", jar.toString(), "attach", pid));
        if (!options.isEmpty()) {
            command.add(options);
        }
        Path said = Files.createTempFile("notsock-attach", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            JVM_OPTIONS.forEach(builder.environment()::remove); // meant for JVMs that run tests
            Process child = builder.start();
            child.getOutputStream().close();
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
                return "attaching took more than " + PATIENCE_SECONDS + " s";
            }
            return child.exitValue() == 0 ? null : new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static String java() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("java.exe");
        return (Files.exists(windows) ? windows : bin.resolve("java")).toString();
    }
}
