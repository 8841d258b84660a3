package io.notsock.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCatalogTest {
    private static final String HERE = "io.notsock.agent.cli.CheckCatalogTest$";

    /** The native side of a library. */
    static final class Natives {
        private Natives() {}

        static native int open(String path);

        static native int close(int number);

        static native void sync(long address, int number);

        static native String name(Object what);
    }

    /** Calls it. */
    static final class Channel {
        final int number = Natives.open("x");

        int close() {
            return Natives.close(number);
        }
    }

    /** Calls it too. */
    static final class Other {
        private Other() {}

        static int close(int number) {
            return Natives.close(number);
        }
    }

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int check(String text, String... more) throws IOException {
        Path file = folder.resolve("my.catalog");
        Files.writeString(file, text);
        String[] args = new String[2 + more.length];
        args[0] = "check-catalog";
        args[1] = file.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return CommandLine.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The folder of the test's own classes. */
    private static String classes() {
        return Path.of(CheckCatalogTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    @Test
    void everyMistakeIsNamedAndTheRestIsRead() throws IOException {
        int status = check("entry my.open\n"
                + "  role open\n"
                + "  call a.B.open()I in a.C\n"
                + "  number return\n"
                + "  onwer none\n"
                + "\n"
                + "# a comment between\n"
                + "entry my.close\n"
                + "  role close\n"
                + "  call a.B.close(I)I in a.C\n"
                + "  number arg1\n"
                + "  owner none\n"
                + "entry my.use\n"
                + "  role use\n"
                + "  call a.B.use(I)I in a.*\n"
                + "  number arg0\n"
                + "  owner caller\n");

        assertThat(status).isEqualTo(3);
        assertThat(err().lines())
                .hasSize(2)
                .anyMatch(line ->
                        line.contains("my.catalog:5: unknown key 'onwer'") && line.endsWith("did you mean 'owner'?"))
                .anyMatch(line -> line.contains("my.catalog:11: 'number arg1' is beyond"));
        assertThat(out())
                .contains("my.catalog: 1 entry without errors", "  my.use: use")
                .doesNotContain("my.open");
    }

    @Test
    void aCloseByMayNameABuiltInEntry() throws IOException {
        int status = check("entry my.open\n"
                + "  role open\n"
                + "  call a.B.open()I in a.C\n"
                + "  number return\n"
                + "  owner none\n"
                + "  closed-by fd.close\n");

        assertThat(err()).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void whatAClassHasNotIsToldOfATarget() throws IOException {
        int status = check(
                "entry my.close\n"
                        + "  role close\n"
                        + "  method " + HERE + "Other.close(I)I\n"
                        + "  number arg0\n"
                        + "  owner this\n"
                        + "entry my.use\n"
                        + "  role use\n"
                        + "  method " + HERE + "Channel.close()I\n"
                        + "  number this.fd:I\n"
                        + "  owner this\n"
                        + "entry my.call\n"
                        + "  role use\n"
                        + "  call java.io.FileDescriptor.sync()V in a.B\n"
                        + "  number this\n",
                "--classpath",
                classes());

        assertThat(status).isEqualTo(3);
        assertThat(err()).contains("my.catalog:14: 'number this' is only for a method target");
        assertThat(out()).contains("Other.close(I)I: is static and has no 'this'", "Channel has no field fd:I");
    }

    @Test
    void itTellsWhatTheTargetsMatchAndWhatNobodyNames() throws IOException {
        int status = check(
                "entry my.open\n"
                        + "  role open\n"
                        + "  call " + HERE + "Natives.open(Ljava/lang/String;)I in " + HERE + "Channel\n"
                        + "  number return\n"
                        + "  owner caller\n"
                        + "entry my.close\n"
                        + "  role close\n"
                        + "  call " + HERE + "Natives.close(I)I in " + HERE + "Channel\n"
                        + "  number arg0\n"
                        + "  owner caller\n",
                "--classpath",
                classes());

        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        assertThat(out())
                .contains("Natives.open(Ljava/lang/String;)I in " + HERE + "Channel: 1 call in " + HERE + "Channel\n")
                .contains("Natives.close(I)I in " + HERE + "Channel: 1 call in " + HERE + "Channel; called in " + HERE
                        + "Other too, which 'in' does not name")
                .contains("natives with a number or a descriptor that no entry names:")
                .contains(HERE + "Natives.sync(JI)V, which nothing here calls")
                .doesNotContain("Natives.name(");
    }

    @Test
    void aCallerMayNameItsMethod() throws IOException {
        String entry = "entry my.close\n"
                + "  role close\n"
                + "  call " + HERE + "Natives.close(I)I in " + HERE + "Channel#%s\n"
                + "  number arg0\n"
                + "  owner caller\n";

        assertThat(check(String.format(entry, "close"), "--classpath", classes()))
                .isZero();
        assertThat(out()).contains("Channel#close: 1 call in " + HERE + "Channel");
        assertThat(check(String.format(entry, "open"), "--classpath", classes()))
                .isEqualTo(3);
        assertThat(out()).contains("Channel#open: no call; called in " + HERE + "Channel");
    }

    @Test
    void whatDoesNotMatchIsSaidWithWhatIsThere() throws IOException {
        int status = check(
                "entry my.close\n"
                        + "  role close\n"
                        + "  call " + HERE + "Natives.close(J)I in " + HERE + "Channel\n"
                        + "  number arg0\n"
                        + "  owner none\n"
                        + "entry my.close-body\n"
                        + "  role close\n"
                        + "  method " + HERE + "Natives.close(I)I\n"
                        + "  number arg0\n"
                        + "  owner none\n",
                "--classpath",
                classes());

        assertThat(status).isEqualTo(3);
        assertThat(err())
                .contains("entry 'my.close' matches nothing in the given jars")
                .contains("entry 'my.close-body' matches nothing in the given jars");
        assertThat(out())
                .contains("no call; did you mean " + HERE + "Natives.close(I)I?")
                .contains("is native and has no body; accepted: 'call " + HERE
                        + "Natives.close(I)I in CLASS' for its calls," + " which are in " + HERE + "Channel, " + HERE
                        + "Other");
    }

    @Test
    void wrongUseIsTold() throws IOException {
        assertThat(check("", "--classpath")).isEqualTo(2);
        assertThat(err()).contains("check-catalog FILE [--classpath JARS]");
        assertThat(CommandLine.run(
                        new String[] {"check-catalog", folder.resolve("none").toString()},
                        new PrintStream(out),
                        new PrintStream(err)))
                .isEqualTo(3);
    }
}
