package io.notsock.agent.start;

import io.notsock.agent.options.Options;
import io.notsock.evidence.Witness;
import io.notsock.os.ProcWitness;
import io.notsock.os.WindowsWitness;
import io.notsock.os.WitnessOnDemand;
import io.notsock.track.AgentThread;
import io.notsock.track.Tracker;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The witness for this OS. Linux can be asked by Java alone; Windows only through JNA, which is loaded by a thread of the
 * agent when the application's first class of JNA or of the foreign-function API appears, and never inside a suspicious
 * call. Until then suspicions are graded without a witness.
 */
final class OsWitness {
    /**
     * The first class that each way of calling native functions loads, long before the first call. A program may have
     * these libraries in packages of its own.
     */
    private static final List<String> FIRST_CLASSES = List.of(
            "com/sun/jna/Native",
            "jdk/internal/foreign/abi/SharedUtils",
            "jnr/ffi/LibraryLoader",
            "com/kenai/jffi/Foreign");

    private OsWitness() {}

    static Witness of(Options options, boolean windows) {
        if (!options.probe()) {
            return Witness.SILENT;
        }
        return windows ? new WitnessOnDemand() : ProcWitness.create();
    }

    /** Watches for those classes, where the witness waits for them. */
    static void prepare(Witness witness, Instrumentation instrumentation, Tracker tracker) {
        if (!(witness instanceof WitnessOnDemand)) {
            return;
        }
        WitnessOnDemand onDemand = (WitnessOnDemand) witness;
        Watch watch = new Watch(instrumentation, onDemand, new AgentThread("notsock-witness", () -> {
            NativeAccess.allow(instrumentation);
            onDemand.make(WindowsWitness::new);
            tracker.witnessReady();
        }));
        instrumentation.addTransformer(watch);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() != Watch.OURS
                    && callsNative(loaded.getName().replace('.', '/'))) {
                watch.fire();
                return;
            }
        }
    }

    /** Whether the class with this internal name tells that native functions will be called. */
    static boolean callsNative(String internalName) {
        for (String first : FIRST_CLASSES) {
            if (internalName.endsWith(first)
                    && (internalName.length() == first.length()
                            || internalName.charAt(internalName.length() - first.length() - 1) == '/')) {
                return true;
            }
        }
        return false;
    }

    /** Sees classes come, changes none. The thread is made beforehand: inside a class load it is only started. */
    private static final class Watch implements ClassFileTransformer {
        private static final ClassLoader OURS = OsWitness.class.getClassLoader();

        private final Instrumentation instrumentation;
        private final WitnessOnDemand witness;
        private final Thread thread;
        private final AtomicBoolean fired = new AtomicBoolean();

        Watch(Instrumentation instrumentation, WitnessOnDemand witness, Thread thread) {
            this.instrumentation = instrumentation;
            this.witness = witness;
            this.thread = thread;
        }

        @Override
        public byte[] transform(
                ClassLoader loader, String className, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
            if (className != null && loader != OURS && callsNative(className)) {
                fire();
            }
            return null;
        }

        void fire() {
            if (fired.compareAndSet(false, true)) {
                instrumentation.removeTransformer(this);
                witness.expect();
                thread.start();
            }
        }
    }
}
