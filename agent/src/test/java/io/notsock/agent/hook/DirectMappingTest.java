package io.notsock.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.FromNativeConverter;
import com.sun.jna.PointerType;
import com.sun.jna.ToNativeContext;
import com.sun.jna.ToNativeConverter;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.Finding;
import io.notsock.track.HookTable;
import io.notsock.track.Inside;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of a thread's call through a bound method, whichever way it ends; the steps are those of JNA's native code. */
class DirectMappingTest {
    private static final int MAPPER = 23;
    private static final int POINTER_TYPE = 19;
    private static final long DUP3 = 0x1000;
    private static final long CLOSE = 0x2000;

    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(17, "linux"));
    private final NativeFunctions functions = new NativeFunctions(hooks, new Inside());
    private final List<Finding> findings = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Tracker tracker = new Tracker(
            registry,
            new Recorder(StackPolicy.OFF),
            Witness.SILENT,
            owner -> OwnerNumbers.CANNOT_ASK,
            findings::add,
            findings::add,
            false,
            null);
    private final DirectMapping mapping = new DirectMapping(functions, tracker, failures::add);

    private final int[] conversions = new int[3];
    private final ToNativeConverter[] toNative = new ToNativeConverter[3];
    private FromNativeConverter fromNative;

    DirectMappingTest() {
        tracker.install(hooks);
        functions.learn("dup3", "libc.so.6", DUP3);
        functions.learn("close", "libc.so.6", CLOSE);
    }

    /** A handle's object, as jna-platform's HANDLE is one. */
    public static class Handle extends PointerType {}

    /** The program's own converter: refuses the number 13. */
    private static final class Unlucky implements ToNativeConverter {
        @Override
        public Object toNative(Object value, ToNativeContext context) {
            if (value.equals(13)) {
                throw new IllegalArgumentException("13");
            }
            return value;
        }

        @Override
        public Class<?> nativeType() {
            return Integer.class;
        }
    }

    private void bind(String signature, long address) throws ReflectiveOperationException {
        fromNative = (FromNativeConverter)
                mapping.bind(DirectMappingTest.class, signature, conversions, 0, address, toNative, null, MAPPER);
        assertThat(fromNative).isNotNull();
    }

    /** Arguments in their order; an exception ends it, as in JNA. */
    private void call(Object result, Object... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (toNative[i] != null) {
                toNative[i].toNative(arguments[i], null);
            }
        }
        fromNative.fromNative(result, null);
    }

    private void mapped(int argument) {
        conversions[argument] = MAPPER;
        toNative[argument] = new Unlucky();
    }

    @Test
    void theResultEndsACall() throws Exception {
        bind("(III)I", DUP3);
        call(30, 0, 30, 0);

        assertThat(DirectMapping.callsNow()).isFalse();
        assertThat(registry.current(Space.FD, 30).state()).isEqualTo(Life.OPEN);
        assertThat(failures).isEmpty();
    }

    @Test
    void aConverterThatThrowsEndsACallBeforeItBegan() throws Exception {
        mapped(1);
        bind("(ILjava/lang/Object;I)I", DUP3);
        assertThatThrownBy(() -> call(13, 0, 13, 0)).hasStackTraceContaining("IllegalArgumentException: 13");

        assertThat(DirectMapping.callsNow()).isFalse();
    }

    @Test
    void soDoesTheConverterOfAnArgumentThatSaysNothingOfTheNumber() throws Exception {
        mapped(2);
        bind("(IILjava/lang/Object;)I", DUP3);
        call(30, 0, 30, 0);
        assertThatThrownBy(() -> call(30, 0, 30, 13)).hasStackTraceContaining("IllegalArgumentException: 13");

        assertThat(DirectMapping.callsNow()).isFalse();
        assertThat(registry.current(Space.FD, 30).replacing()).isFalse();
        call(30, 0, 30, 0);
        assertThat(registry.current(Space.FD, 30).generation()).isEqualTo(2);
        assertThat(failures).isEmpty();
    }

    /** JNA passes NULL for a handle's object that is {@code null}. */
    @Test
    void anAbsentHandleIsPassedOn() throws Exception {
        conversions[0] = POINTER_TYPE;
        bind("(L" + Handle.class.getName().replace('.', '/') + ";)I", CLOSE);

        call(-1, (Object) null);
        assertThat(DirectMapping.callsNow()).isFalse();
        assertThat(failures).isEmpty();
    }
}
