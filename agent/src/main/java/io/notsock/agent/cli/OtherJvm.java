package io.notsock.agent.cli;

import io.notsock.agent.live.Knock;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Properties;

/**
 * A running JVM of the same user, reached by the attach mechanism: no port, no file that stays.
 *
 * <p>By reflection: the module {@code jdk.attach} is missing in many small runtimes, and its classes belong to the
 * application loader, which the agent's own does not see.
 */
final class OtherJvm {
    private static final String API = "com.sun.tools.attach.VirtualMachine";
    /** See {@code io.notsock.agent.boot.Question}, which takes it there. */
    private static final String MARK = "?";

    private static final String NOBODY = "!none";
    private static final String REFUSAL = "!";
    private static final Path PROCESSES = Path.of("/proc/self");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final String pid;

    OtherJvm(String pid) throws IOException {
        if (!pid.matches("[0-9]{1,19}")) {
            throw new NoProcessId("'" + pid + "' is no process id");
        }
        this.pid = pid;
    }

    /** Whether this runtime can attach at all. */
    static boolean reachable() {
        try {
            api();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What was given for a process is no number at all: a mistake of who calls, not of the process. */
    static final class NoProcessId extends IOException {
        private static final long serialVersionUID = 1L;

        NoProcessId(String message) {
            super(message);
        }
    }

    /** The agent there is another version, or could not answer. */
    static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }

    /** Starts the agent there; where one is in charge already, nothing changes. */
    void startAgent(String options) throws IOException {
        load(options);
    }

    /**
     * The answer of the agent there.
     *
     * @return {@code null} where no agent is in that JVM; none is started
     */
    String ask(String question) throws IOException {
        Path file = Files.createTempFile("notsock-answer", null);
        try {
            String request = file.toRealPath() + "\n" + question;
            giveToOwnerOf(file);
            if (!knock(request, file)) {
                load(MARK + request);
            }
            String answer = read(file);
            if (answer.equals(NOBODY)) {
                return null;
            }
            if (answer.isEmpty() || answer.startsWith(REFUSAL)) {
                throw new NoAnswer("the agent in process " + pid + " does not answer"
                        + (answer.length() > 1 ? " (" + answer.substring(1) + ")" : "")
                        + "; it may be another version, or may see other files than this one (a container)");
            }
            return answer;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Whoever the file was given to may have put a link in its place. */
    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The superuser may attach to anybody's JVM, which then has to be able to write the answer. */
    private void giveToOwnerOf(Path file) throws IOException {
        Path process = Path.of("/proc", pid);
        if (!Files.isDirectory(process)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(process);
        if (!owner.equals(Files.getOwner(file))) {
            try {
                Files.setOwner(file, owner);
            } catch (FileSystemException e) {
                throw new IOException("process " + pid + " belongs to " + owner + "; run this as the same user", e);
            }
        }
    }

    /**
     * Asks an agent that is there already, without having one loaded: a JVM of 21 or later would warn of that. See {@code
     * io.notsock.agent.live.Knock}.
     *
     * <p>Only of the same user's: the question lies in a folder that the other JVM names, and the superuser must not make files where somebody
     * else wants them.
     *
     * @param answer written to by the agent
     * @return whether it was; if not, there may be no agent, or one that sees other files
     */
    private boolean knock(String request, Path answer) throws IOException {
        if (!Files.isDirectory(PROCESSES) || !isOfThisUser()) {
            return false;
        }
        return attached((api, vm) -> {
            Properties system = (Properties) call(api, vm, "getSystemProperties", new Class<?>[0]);
            Path question = Knock.file(system.getProperty("java.io.tmpdir", "/tmp"), pid);
            if (!leave(request, question)) {
                return false;
            }
            try {
                call(api, vm, "getAgentProperties", new Class<?>[0]);
            } finally {
                Files.deleteIfExists(question);
            }
            return Files.size(answer) > 0;
        });
    }

    private boolean isOfThisUser() throws IOException {
        Path process = Path.of("/proc", pid);
        return Files.isDirectory(process) && Files.getOwner(process).equals(Files.getOwner(PROCESSES));
    }

    /** Whether the file could be made: not where it is there already, or the folder is not there. */
    private boolean leave(String request, Path question) throws IOException {
        try {
            Files.createFile(question, OWNER_ONLY);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // then the agent is loaded, as on systems that cannot be asked this way
        }
        try {
            Files.write(question, request.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(question);
            throw e;
        }
    }

    private void load(String argument) throws IOException {
        attached((api, vm) -> call(
                api,
                vm,
                "loadAgent",
                new Class<?>[] {String.class, String.class},
                AgentJar.path().toString(),
                argument));
    }

    /** What is done while attached. */
    private interface Errand<T> {
        T run(Class<?> api, Object vm) throws IOException;
    }

    private <T> T attached(Errand<T> errand) throws IOException {
        Class<?> api = api();
        Object vm = call(api, null, "attach", new Class<?>[] {String.class}, pid);
        try {
            return errand.run(api, vm);
        } finally {
            call(api, vm, "detach", new Class<?>[0]);
        }
    }

    private static Class<?> api() throws IOException {
        try {
            return Class.forName(API, true, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IOException(
                    "this Java runtime (" + System.getProperty("java.home")
                            + ") has no module jdk.attach; run the command with a full JDK",
                    e);
        }
    }

    private Object call(Class<?> api, Object vm, String method, Class<?>[] types, Object... args) throws IOException {
        try {
            return api.getMethod(method, types).invoke(vm, args);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new IOException("process " + pid + ": " + reason(cause), cause);
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }

    private static String reason(Throwable cause) {
        String type = cause.getClass().getSimpleName();
        String message = cause.getMessage() == null ? type : cause.getMessage();
        if (type.equals("AttachNotSupportedException") || cause instanceof IOException) {
            return "cannot be attached to: " + message
                    + " (is it a running JVM of this user, and not started with -XX:+DisableAttachMechanism?)";
        }
        if (type.equals("AgentLoadException") && message.contains("EnableDynamicAgentLoading")) {
            return "was started with -XX:-EnableDynamicAgentLoading, which forbids this; start it with -javaagent,"
                    + " and use JMX or the option metrics instead";
        }
        return message;
    }
}
