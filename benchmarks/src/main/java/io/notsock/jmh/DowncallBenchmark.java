package io.notsock.jmh;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls of C functions through {@code java.lang.foreign}, on Java 22 and later: one that no catalog names, one that uses a
 * number, with and without errno, and a pair that gives one out and closes it. Run it as a pair, without the agent and with
 * it: {@code benchmarks/jmh.sh} does.
 *
 * <p>The API is named by reflection, since this is compiled for Java 11; the handles are constants, as a program has them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsPrepend = "--enable-native-access=ALL-UNNAMED")
public class DowncallBenchmark {
    private static final Object BYTES = segment(8);
    private static final MethodHandle UNNAMED = handle("getppid", false, int.class);
    private static final MethodHandle WRITE = writer(false);
    private static final MethodHandle WRITE_WITH_ERRNO = writer(true);
    private static final MethodHandle DUP = handle("dup", false, int.class, int.class);
    private static final MethodHandle CLOSE = handle("close", false, int.class, int.class);

    private final int number = eventfd();

    /** What is written to it are zeros: its counter stays where it is. */
    private static int eventfd() {
        try {
            return (int)
                    handle("eventfd", false, int.class, int.class, int.class).invokeExact(0, 0);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    private static MethodHandle writer(boolean errno) {
        MethodHandle write = handle("write", errno, long.class, int.class, type("MemorySegment"), long.class);
        return MethodHandles.insertArguments(write, 1, BYTES, 8L);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Java 22 or later is needed", e);
        }
    }

    private static Object segment(long size) {
        try {
            Object arena = type("Arena").getMethod("global").invoke(null);
            return type("SegmentAllocator")
                    .getMethod("allocate", long.class, long.class)
                    .invoke(arena, size, 8L);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object layout(Class<?> type) throws ReflectiveOperationException {
        String name = type == int.class ? "JAVA_INT" : type == long.class ? "JAVA_LONG" : "ADDRESS";
        return type("ValueLayout").getField(name).get(null);
    }

    private static MethodHandle handle(String name, boolean errno, Class<?> result, Class<?>... arguments) {
        try {
            Object linker = type("Linker").getMethod("nativeLinker").invoke(null);
            Object lookup = type("Linker").getMethod("defaultLookup").invoke(linker);
            Optional<?> symbol = (Optional<?>)
                    type("SymbolLookup").getMethod("find", String.class).invoke(lookup, name);
            Object layouts = Array.newInstance(type("MemoryLayout"), arguments.length);
            for (int i = 0; i < arguments.length; i++) {
                Array.set(layouts, i, layout(arguments[i]));
            }
            Object descriptor = type("FunctionDescriptor")
                    .getMethod("of", type("MemoryLayout"), layouts.getClass())
                    .invoke(null, layout(result), layouts);
            Class<?> option = type("Linker$Option");
            Object options = Array.newInstance(option, errno ? 1 : 0);
            if (errno) {
                Array.set(
                        options,
                        0,
                        option.getMethod("captureCallState", String[].class)
                                .invoke(null, (Object) new String[] {"errno"}));
            }
            MethodHandle handle = (MethodHandle) type("Linker")
                    .getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"), options.getClass())
                    .invoke(linker, symbol.get(), descriptor, options);
            return errno ? handle.bindTo(segment(16)) : handle;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public int notInTheCatalog() throws Throwable {
        return (int) UNNAMED.invokeExact();
    }

    @Benchmark
    public long use() throws Throwable {
        return (long) WRITE.invokeExact(number);
    }

    @Benchmark
    public long useWithErrno() throws Throwable {
        return (long) WRITE_WITH_ERRNO.invokeExact(number);
    }

    @Benchmark
    public int openAndClose() throws Throwable {
        return (int) CLOSE.invokeExact((int) DUP.invokeExact(number));
    }
}
