package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.Entry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetHooksTest {
    private static TargetHooks hooks(String text) {
        List<Entry> entries =
                new CatalogParser().read("test.catalog", text).catalog().entries();
        Hook[] own = entries.stream().map(entry -> new Hook(entry, false)).toArray(Hook[]::new);
        TargetHooks hooks = new TargetHooks(entries, own);
        assertThat(hooks.hooks()).startsWith(own);
        entries.forEach(entry -> entry.targets()
                .forEach(target ->
                        assertThat(hooks.hooks()[hooks.of(target)].entry()).isSameAs(entry)));
        return hooks;
    }

    private static List<String> names(TargetHooks hooks) {
        return Arrays.stream(hooks.hooks()).map(Hook::api).toList();
    }

    @Test
    void eachTargetBearsItsOwnNameAndOverloadsShareOne() {
        TargetHooks hooks = hooks("entry a.use\n"
                + "  role use\n"
                + "  method a.B.read(Ljava/io/FileDescriptor;)V\n"
                + "  method a.B.write(Ljava/io/FileDescriptor;)V\n"
                + "  method a.B.write(Ljava/io/FileDescriptor;I)V\n"
                + "  number arg0\n"
                + "entry a.close\n"
                + "  role close\n"
                + "  method a.B.close(Ljava/io/FileDescriptor;)V\n"
                + "  number arg0\n");

        assertThat(names(hooks)).containsExactly("java:a.B.read", "java:a.B.close", "java:a.B.write");
    }

    @Test
    void anEntrysOwnNameIsAllItsTargets() {
        TargetHooks hooks = hooks("entry a.close\n"
                + "  role close\n"
                + "  method a.B.close(I)V\n"
                + "  method a.B.end(I)V\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "  api jni:a_close\n");

        assertThat(names(hooks)).containsExactly("jni:a_close");
    }

    /** What a method answers is seen however it ends; an exception out of a call site is not. */
    @Test
    void whetherTheOutcomeIsSeenIsTheTargets() {
        TargetHooks hooks = hooks("entry a.close\n"
                + "  role close\n"
                + "  call a.B.close(I)V in a.C\n"
                + "  method a.B.close(I)V\n"
                + "  number arg0\n"
                + "  owner none\n");

        assertThat(Arrays.stream(hooks.hooks()).map(Hook::seesExit)).containsExactly(false, true);
    }
}
