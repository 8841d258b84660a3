package io.notsock.agent.weave;

import io.notsock.catalog.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What has to be known of a class file before hooks are written into it. For one thread. */
final class ClassFacts {
    private final Map<String, MethodFacts> methods = new HashMap<>();
    private final Set<String> fields = new HashSet<>();
    private boolean mayInheritFields;

    private ClassFacts() {}

    static ClassFacts of(ClassReader reader) {
        ClassFacts facts = new ClassFacts();
        reader.accept(facts.new Reading(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return facts;
    }

    MethodFacts method(String name, String descriptor) {
        return methods.get(name.concat(descriptor));
    }

    /**
     * Whether hooks can be had of what this site wants to read in this method: a static one has no {@code this}, a version of the class may
     * have another field than the catalog says, and what fills the place of {@code this} with something else in a
     * constructor leaves no moment to save it. Code that reads it all the same is refused by the verifier, and the class with it.
     */
    boolean has(Site site, String name, String descriptor) {
        if (!site.entry.readsReceiver()) {
            return true;
        }
        MethodFacts method = method(name, descriptor);
        if (method.isStatic() || method.losesReceiver()) {
            return false;
        }
        for (Place place : site.entry.places()) {
            // A field that is not here may be the super class's, which nobody knows yet.
            if (place.kind() == Place.Kind.FIELD && !mayInheritFields && !fields.contains(key(place))) {
                return false;
            }
        }
        return true;
    }

    private static String key(Place place) {
        return place.field() + ':' + place.descriptor();
    }

    private final class Reading extends ClassVisitor {
        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            mayInheritFields = !"java/lang/Object".equals(superName);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            fields.add(name + ':' + descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodFacts facts = new MethodFacts(access, name);
            methods.put(name.concat(descriptor), facts);
            return facts.reading();
        }
    }
}
