package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.catalog.Target;
import io.notsock.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookTableTest {
    private static RuntimeCatalog catalog(String text) {
        return RuntimeCatalog.of(new CatalogParser().read("test.catalog", text).catalog(), 17, "linux");
    }

    /** The hooks of all targets that are no functions, in their order. */
    private static List<Hook> hooks(String text) {
        RuntimeCatalog catalog = catalog(text);
        HookTable table = new HookTable(catalog);
        List<Hook> hooks = new ArrayList<>();
        for (int i = 0; i < catalog.size(); i++) {
            for (Target target : catalog.entry(i).targets()) {
                Hook hook = table.hook(table.of(i, target));
                assertThat(hook.entry()).isSameAs(catalog.entry(i));
                assertThat(hook).isSameAs(table.hook(table.of(i, target)));
                hooks.add(hook);
            }
        }
        return hooks;
    }

    private static List<String> names(List<Hook> hooks) {
        return hooks.stream().map(Hook::api).toList();
    }

    @Test
    void eachTargetBearsItsOwnNameAndOverloadsShareOne() {
        List<Hook> hooks = hooks("entry a.use\n"
                + "  role use\n"
                + "  method a.B.read(Ljava/io/FileDescriptor;)V\n"
                + "  method a.B.write(Ljava/io/FileDescriptor;)V\n"
                + "  method a.B.write(Ljava/io/FileDescriptor;I)V\n"
                + "  number arg0\n"
                + "entry a.close\n"
                + "  role close\n"
                + "  method a.B.close(Ljava/io/FileDescriptor;)V\n"
                + "  number arg0\n");

        assertThat(names(hooks)).containsExactly("java:a.B.read", "java:a.B.write", "java:a.B.write", "java:a.B.close");
    }

    @Test
    void anEntrysOwnNameIsAllItsTargets() {
        List<Hook> hooks = hooks("entry a.close\n"
                + "  role close\n"
                + "  method a.B.close(I)V\n"
                + "  method a.B.end(I)V\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "  api jni:a_close\n");

        assertThat(names(hooks)).containsExactly("jni:a_close", "jni:a_close");
    }

    /** A native may return an error's number or swallow the error, where the entry does not say which results are errors. */
    @Test
    void whetherAReturnTellsOfTheOsIsTheTargets() {
        List<Hook> hooks = hooks("entry a.close\n"
                + "  role close\n"
                + "  call a.B.close(I)I in a.C\n"
                + "  method a.B.end(I)I\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "entry b.close\n"
                + "  role close\n"
                + "  call b.B.close(I)I in b.C\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "  fails -1\n"
                + "entry c.close\n"
                + "  role close\n"
                + "  method c.B.close(I)I\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "  fails unseen\n");

        assertThat(hooks.stream().map(hook -> hook.outcome(-1)))
                .containsExactly(Outcome.UNSEEN, Outcome.SUCCESS, Outcome.REFUSED, Outcome.UNSEEN);
        assertThat(hooks.stream().map(Hook::exception))
                .containsExactly(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.UNSEEN);
    }

    /** A call of a method that is woven itself tells first, so that the two are one event; on the JDKs that have both. */
    @Test
    void aCallAndTheMethodItCallsKnowOfEachOther() {
        List<Hook> hooks = hooks("entry a.close\n"
                + "  role close\n"
                + "  call a.B.close(I)V in a.C\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "entry a.preclose\n"
                + "  role preclose\n"
                + "  call a.B.close(I)V in a.C\n"
                + "  number arg0\n"
                + "  owner caller\n"
                + "entry b.close\n"
                + "  role close\n"
                + "  method a.B.close(I)V @17..21\n"
                + "  number arg0\n"
                + "  owner none\n"
                + "entry c.close\n"
                + "  role close\n"
                + "  method a.D.close(I)V\n"
                + "  number arg0\n"
                + "  owner none\n");

        assertThat(hooks.stream().map(hook -> hook.announces)).containsExactly(true, false, false, false);
        assertThat(hooks.stream().map(hook -> hook.announced)).containsExactly(false, false, true, false);
    }

    @Test
    void functionsHaveAHookForEachRoad() {
        RuntimeCatalog catalog = catalog("entry c.close\n"
                + "  role close\n"
                + "  function close in libc\n"
                + "  function closesocket in libc\n"
                + "  number arg0\n"
                + "  owner none\n");
        HookTable table = new HookTable(catalog);
        List<Target> targets = catalog.entry(0).targets();

        assertThat(table.hook(HookTable.ofEntry(0)).api()).isEqualTo("jna:close");
        assertThat(table.hook(table.byJna(0, targets.get(1))).api()).isEqualTo("jna:closesocket");
        assertThat(table.hook(table.byFfm(0, targets.get(0))).api()).isEqualTo("ffm:close");
        assertThat(table.hook(table.byFfm(0, targets.get(1))).api()).isEqualTo("ffm:closesocket");
    }

    /** A way of closing that this JDK does not have is none; one that turns out to be missing takes the guard away. */
    @Test
    void anOpenIsGuardedWhileAWayOfClosingItIsHooked() {
        String text = "entry a.open\n"
                + "  role open\n"
                + "  method a.B.open()I\n"
                + "  number return\n"
                + "  owner this\n"
                + "  closed-by %s\n"
                + "entry a.close\n"
                + "  role close\n"
                + "  method a.B.close(I)V\n"
                + "  number arg0\n"
                + "  owner this\n"
                + "entry b.close\n"
                + "  role close\n"
                + "  method a.B.end(I)V @11\n"
                + "  number arg0\n"
                + "  owner this\n";
        HookTable table = new HookTable(catalog(String.format(text, "a.close b.close")));

        assertThat(table.hook(HookTable.ofEntry(0)).guards()).isTrue();
        table.unguardWhatIsClosedBy(1);
        assertThat(table.hook(HookTable.ofEntry(0)).guards()).isFalse();
        assertThat(new HookTable(catalog(String.format(text, "b.close")))
                        .hook(HookTable.ofEntry(0))
                        .guards())
                .isFalse();
    }
}
