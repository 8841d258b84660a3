package io.notsock.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.HookTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weaves a class of many shapes, lets the JVM verify it, and compares what the hooks are told. */
class MethodWeaverTest {
    private static final String SUBJECT = WovenSubject.class.getName();

    private static final String CATALOG = String.join(
            "\n",
            "entry open",
            "  role open",
            "  method " + SUBJECT + ".open(ILjava/lang/String;JD)I",
            "  number return",
            "  owner arg1",
            "entry pair",
            "  role open",
            "  method " + SUBJECT + ".pair([I)Z",
            "  number arg0[]",
            "  owner none",
            "entry halves",
            "  role open",
            "  method " + SUBJECT + ".halves(II)J",
            "  number return.hi return.lo",
            "  owner none",
            "entry made",
            "  role open",
            "  method " + SUBJECT + ".<init>(IZ)V",
            "  number arg0",
            "  owner this",
            "entry close",
            "  role close",
            "  method " + SUBJECT + ".close(IJ)I",
            "  number arg0",
            "  owner this",
            "  fails -1",
            "entry counted",
            "  role count",
            "  method " + SUBJECT + ".closeQuietly()V",
            "  flag this.closed:Z",
            "entry call",
            "  role close",
            "  call " + SUBJECT + ".raw(JI)I in " + SUBJECT,
            "  number arg1",
            "  owner caller",
            "  fails -1",
            "entry use",
            "  role use",
            "  method " + SUBJECT + ".use(Ljava/lang/String;J)J",
            "  number arg1",
            "  owner arg0",
            "entry use.field",
            "  role use",
            "  method " + SUBJECT + ".useOwn(I)I",
            "  number this.number:I",
            "  owner this",
            "entry use.call",
            "  role use",
            "  call " + SUBJECT + ".look(I)I in " + SUBJECT,
            "  number arg0",
            "  owner caller",
            "");

    private static final RecordingHooks HOOKS = RecordingHooks.HOOKS;

    @BeforeEach
    void clear() {
        HOOKS.told.clear();
        HOOKS.failing = false;
    }

    /** The class as the JVM sees it under the agent: woven, and verified because it is not the boot loader's. */
    private static Class<?> woven() throws IOException {
        return woven(CATALOG);
    }

    private static Class<?> woven(String text) throws IOException {
        WeavePlan plan = planOf(text);
        String internal = SUBJECT.replace('.', '/');
        byte[] original;
        try (InputStream in = MethodWeaverTest.class.getResourceAsStream("/" + internal + ".class")) {
            original = in.readAllBytes();
        }
        WeavePlan.ClassSites inClass = plan.sitesOf(internal);
        byte[] bytes = ClassWeaver.weave(inClass, original, new MissedCalls());
        for (Site site : inClass.sites()) {
            assertThat(site.woven()).as(site.target.toString()).isTrue();
        }
        return new ClassLoader(null) {
            Class<?> define() {
                return defineClass(SUBJECT, bytes, 0, bytes.length);
            }
        }.define();
    }

    private static Object call(Object subject, String name, Object... arguments) throws Exception {
        for (java.lang.reflect.Method method : subject.getClass().getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                try {
                    return method.invoke(subject, arguments);
                } catch (InvocationTargetException e) {
                    throw (Exception) e.getCause();
                }
            }
        }
        throw new AssertionError("no method " + name);
    }

    private static Object subject() throws Exception {
        java.lang.reflect.Constructor<?> constructor = woven().getDeclaredConstructor(int.class, boolean.class);
        constructor.setAccessible(true);
        return constructor.newInstance(7, true);
    }

    /** More than fits a short: the operand of SIPUSH. */
    @Test
    void anotherReceiverDoesNotGetAtTheInsideOfTheJvm() {
        RecordingHooks stranger = new RecordingHooks();

        assertThatThrownBy(stranger::shareUsers).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(stranger::readMemory).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theIndexOfAHookMayBeLarge() throws Exception {
        StringBuilder catalog = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            catalog.append("entry other").append(i).append("\n  role count\n  method a.B.c()V\n  flag this.d:Z\n");
        }
        java.lang.reflect.Constructor<?> constructor =
                woven(catalog + CATALOG).getDeclaredConstructor(int.class, boolean.class);
        constructor.setAccessible(true);
        constructor.newInstance(7, true);

        assertThat(HOOKS.told).containsExactly("after 203 WovenSubject 7");
    }

    @Test
    void constructorsTellTheObjectTheyMade() throws Exception {
        subject();
        assertThat(HOOKS.told).containsExactly("after 3 WovenSubject 7");
    }

    @Test
    void anOpenTellsItsNumberAndTheArgumentAsItCameIn() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThat(call(subject, "open", 3, "owner", 5L, 2.0)).isEqualTo(3 + 5 + 2);
        assertThat(HOOKS.told).containsExactly("after 0 owner 10");
    }

    @Test
    void aNegativeNumberOpensNothing() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThat(call(subject, "open", -100, "owner", 5L, 2.0)).isEqualTo(-93);
        assertThat(HOOKS.told).isEmpty();
    }

    @Test
    void pairsAreReadAfterTheCall() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        call(subject, "pair", new int[2]);
        call(subject, "halves", 8, 9);
        assertThat(HOOKS.told).containsExactly("after 1 null 4", "after 1 null 5", "after 2 null 8", "after 2 null 9");
    }

    @Test
    void aCloseTellsResultOrException() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThat(call(subject, "close", 7, 0L)).isEqualTo(0);
        assertThat(call(subject, "close", 7, 1L)).isEqualTo(-1);
        assertThatThrownBy(() -> call(subject, "close", 7, 2L)).hasMessage("refused");
        assertThat(call(subject, "close", 7, 3L)).as("caught inside the method").isEqualTo(33);
        assertThat(HOOKS.told)
                .containsExactly(
                        "before 4 WovenSubject 7",
                        "done 4 token 0",
                        "before 4 WovenSubject 7",
                        "done 4 token -1",
                        "before 4 WovenSubject 7",
                        "failed 4 token refused",
                        "before 4 WovenSubject 7",
                        "done 4 token 33");
    }

    @Test
    void anOperationTellsOnlyAnExceptionUnlessItIsSuspicious() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThat(call(subject, "use", "owner", 7L)).isEqualTo(7L);
        assertThatThrownBy(() -> call(subject, "use", "owner", 6L)).hasMessage("refused");
        assertThat(call(subject, "use", "owner", 8L)).isEqualTo(8L);
        assertThat(call(subject, "useOwn", 1)).isEqualTo(7);
        assertThatThrownBy(() -> call(subject, "useOwn", 0)).hasMessage("/ by zero");
        assertThat(HOOKS.told)
                .containsExactly(
                        "use 7 owner 7",
                        "use 7 owner 6",
                        "use failed 7 owner 6 refused",
                        "use 7 owner 8",
                        "done 7 suspicion 8",
                        "use 8 WovenSubject 7",
                        "use 8 WovenSubject 7",
                        "use failed 8 WovenSubject 7 / by zero");
    }

    /** Core and the class in java.base find the same place for a number, and the end of a life is seen by both. */
    @Test
    void whoIsKnownAsAUserIsNotLookedAtAgain() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        HOOKS.shareUsers();
        Registry registry = new Registry(4, Reachability.BY_GET);
        Recorder recorder = new Recorder(StackPolicy.OFF);
        Opening opening = new Opening(Space.FD, HandleType.SOCKET, "java:x", true, false, false);
        for (long number : new long[] {7, 1000, 16_383}) {
            OwnerRef owner = new OwnerRef("owner", OwnerRef.Part.OPENER, true, null);
            Life life = registry.begin(opening, number, recorder.record(Act.What.OPEN, "java:x", false), owner);
            registry.knowUser(life, owner);
            call(subject, "use", "owner", number);
            assertThat(HOOKS.told).isEmpty();
            call(subject, "use", "other", number);
            life.beginClose(recorder.record(Act.What.CLOSE, "java:x", false));
            call(subject, "use", "owner", number);
            assertThat(HOOKS.told).containsExactly("use 7 other " + number, "use 7 owner " + number);
            HOOKS.told.clear();
        }
    }

    @Test
    void callSitesAndCounts() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThat(call(subject, "callRaw", 9)).isEqualTo(9);
        call(subject, "closeQuietly");
        call(subject, "closeQuietly");
        assertThat(HOOKS.told).containsExactly("before 6 WovenSubject 9", "done 6 token 9", "count 5");
    }

    @Test
    void whatACallSiteThrowsIsToldAndReachesTheMethodsOwnHandlers() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThatThrownBy(() -> call(subject, "callRaw", 13)).hasMessage("refused");
        assertThat(call(subject, "caught", 13)).isEqualTo(2);
        assertThatThrownBy(() -> call(subject, "amid", 13)).hasMessage("refused");
        assertThatThrownBy(() -> call(subject, "callLook", 13)).hasMessage("refused");
        assertThat(HOOKS.told)
                .containsExactly(
                        "before 6 WovenSubject 13",
                        "failed 6 token refused",
                        "before 6 WovenSubject 13",
                        "failed 6 token refused",
                        "before 6 WovenSubject 13",
                        "failed 6 token refused",
                        "use 9 WovenSubject 13",
                        "use failed 9 WovenSubject 13 refused");
    }

    @Test
    void aCallSiteMayHaveValuesBelowItOnTheStack() throws Exception {
        Object subject = subject();
        HOOKS.told.clear();
        assertThat(call(subject, "caught", 1)).isEqualTo(0);
        assertThat(call(subject, "amid", 5)).isEqualTo(9L);
        assertThat(call(subject, "callLook", 5)).isEqualTo(5 + "five".length());
        assertThat(HOOKS.told)
                .containsExactly(
                        "before 6 WovenSubject 1",
                        "done 6 token 1",
                        "before 6 WovenSubject 1",
                        "done 6 token 1",
                        "before 6 WovenSubject 5",
                        "done 6 token 5",
                        "use 9 WovenSubject 5");
    }

    /** The one local is null at the call, and each of two handlers takes it for something else. */
    @Test
    void aCallWhereNoHandlerFitsIsMissedAndSaidToBe() throws Exception {
        byte[] original = odd();
        List<String> told = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        Weaver weaver = new Weaver(planOf(ODD_CATALOG), new Told(told), new WovenClasses() {
            @Override
            public byte[] find(String className, byte[] classFile) {
                return null;
            }

            @Override
            public void add(String className, byte[] classFile, byte[] woven) {
                kept.add(className);
            }
        });

        byte[] woven = weaver.transform(new ClassLoader(null) {}, ODD, null, null, original);

        assertThat(told).containsExactly("missing 0");
        assertThat(kept).as("has to be told at the next start too").isEmpty();
        Class<?> odd = new ClassLoader(null) {
            Class<?> define() {
                return defineClass("a.Odd", woven, 0, woven.length);
            }
        }.define();
        assertThat(odd.getMethod("run", int.class).invoke(null, -3)).isEqualTo(3);
        assertThat(HOOKS.told).isEmpty();
    }

    private static final String ODD = "a/Odd";
    private static final String ODD_CATALOG =
            "entry a\n  role close\n  call java.lang.Math.abs(I)I in a.Odd\n  number arg0\n  owner none\n";

    private static WeavePlan planOf(String catalog) {
        return new WeavePlan(new HookTable(RuntimeCatalog.of(
                new CatalogParser().read("test.catalog", catalog).catalog(), 17, "linux")));
    }

    private static byte[] odd() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, ODD, null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(I)I", null, null);
        Label start = new Label();
        Label end = new Label();
        Label inner = new Label();
        Label outer = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, inner, "java/lang/IllegalStateException");
        code.visitTryCatchBlock(start, end, outer, null);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "abs", "(I)I", false);
        code.visitLabel(end);
        code.visitInsn(Opcodes.IRETURN);
        for (Label handler : List.of(inner, outer)) {
            code.visitLabel(handler);
            Object local = handler == inner ? "java/lang/String" : "java/lang/Integer";
            code.visitFrame(
                    Opcodes.F_FULL, 2, new Object[] {Opcodes.INTEGER, local}, 1, new Object[] {"java/lang/Throwable"});
            code.visitInsn(Opcodes.ATHROW);
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void aConstructorsCallSiteIsToldAfterTheSuperCall() throws Exception {
        java.lang.reflect.Constructor<?> constructor = woven().getDeclaredConstructor(long.class, int.class);
        constructor.setAccessible(true);
        constructor.newInstance(1L, 4);
        assertThatThrownBy(() -> constructor.newInstance(1L, 13)).hasRootCauseMessage("refused");

        assertThat(HOOKS.told)
                .containsExactly(
                        "before 6 WovenSubject 4",
                        "done 6 token 4",
                        "before 6 WovenSubject 13",
                        "failed 6 token refused");
    }

    @Test
    void aFailingHookChangesNothing() throws Exception {
        HOOKS.failing = true;
        Object subject = subject();
        assertThat(call(subject, "open", 3, "owner", 5L, 2.0)).isEqualTo(10);
        assertThat(call(subject, "close", 7, 0L)).isEqualTo(0);
        assertThatThrownBy(() -> call(subject, "close", 7, 2L)).hasMessage("refused");
        assertThat(call(subject, "callRaw", 9)).isEqualTo(9);
        call(subject, "closeQuietly");
        call(subject, "closeQuietly");
    }

    @Test
    void deepRecursionStillReachesTheRealClose() throws Exception {
        Object subject = subject();
        Integer[] closes = {0};
        call(subject, "recurse", (Object) closes);
        assertThat(closes[0]).isPositive();
    }
}
