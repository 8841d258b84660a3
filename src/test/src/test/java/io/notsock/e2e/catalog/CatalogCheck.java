package io.notsock.e2e.catalog;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Place;
import io.notsock.catalog.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Says whether the targets of an entry, and the places in them, exist in a runtime's class files. */
final class CatalogCheck {
    private final Function<String, byte[]> bytes;
    private final Map<String, Shape> shapes = new HashMap<>();

    /** @param bytes class file by internal name, {@code null} where there is none */
    CatalogCheck(Function<String, byte[]> bytes) {
        this.bytes = bytes;
    }

    /** What does not fit, one sentence each; empty where all is well. Functions are not looked at. */
    List<String> problems(Entry entry) {
        List<String> problems = new ArrayList<>();
        for (Target target : entry.targets()) {
            if (target.kind() == Target.Kind.METHOD) {
                method(entry, target, problems);
            } else if (target.kind() == Target.Kind.CALL) {
                call(entry, target, problems);
            }
        }
        return problems;
    }

    private void method(Entry entry, Target target, List<String> problems) {
        Shape shape = shape(target.owner());
        Integer access = shape == null ? null : shape.methods.get(target.name() + target.descriptor());
        if (access == null && hasAlternative(entry, target, shape)) {
            return;
        }
        if (access == null) {
            problems.add(entry + ": no such method: " + target);
            return;
        }
        if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0) {
            problems.add(entry + ": has no body to hook: " + target);
        }
        for (Place place : places(entry)) {
            boolean receiver = place.kind() == Place.Kind.THIS || place.kind() == Place.Kind.FIELD;
            if (receiver && (access & Opcodes.ACC_STATIC) != 0) {
                problems.add(entry + ": '" + place + "' in a static method: " + target);
            }
            if (place.kind() == Place.Kind.FIELD && !hasField(target.owner(), place)) {
                problems.add(entry + ": no such field: " + place + " in " + target.owner());
            }
        }
    }

    /** Update releases change signatures: of one entry's targets with one class and name, one has to exist. */
    private static boolean hasAlternative(Entry entry, Target missing, Shape shape) {
        return shape != null
                && entry.targets().stream()
                        .filter(t -> t.kind() == missing.kind()
                                && t.owner().equals(missing.owner())
                                && t.name().equals(missing.name()))
                        .anyMatch(t -> shape.methods.containsKey(t.name() + t.descriptor()));
    }

    private void call(Entry entry, Target target, List<String> problems) {
        String callee = target.owner().replace('.', '/') + "." + target.name() + target.descriptor();
        for (String caller : target.within()) {
            Shape shape = shape(Target.callerClass(caller));
            String method = Target.callerMethod(caller);
            List<Call> calls = new ArrayList<>(shape == null ? List.of() : shape.calls.getOrDefault(callee, List.of()));
            calls.removeIf(call -> method != null && !call.method.startsWith(method + "("));
            if (calls.isEmpty()) {
                problems.add(entry + ": no such call in " + caller + ": " + target);
            }
            for (Call call : calls) {
                // What explains an exception passes static methods by: there is no object to tell of.
                boolean needed = !entry.role().explains() && places(entry).contains(Place.of(Place.Kind.CALLER));
                if (needed && call.inStatic) {
                    problems.add(entry + ": 'caller' in the static method " + caller + "." + call.method);
                }
            }
        }
    }

    private boolean hasField(String owner, Place place) {
        for (Shape shape = shape(owner); shape != null; shape = shape(shape.parent)) {
            if (shape.fields.contains(place.field() + ":" + place.descriptor())) {
                return true;
            }
        }
        return false;
    }

    private static List<Place> places(Entry entry) {
        List<Place> places = new ArrayList<>(entry.numbers());
        for (Place place : Arrays.asList(entry.source(), entry.owner(), entry.closer(), entry.flag())) {
            if (place != null) {
                places.add(place);
            }
        }
        return places;
    }

    /** What the checks need of one class, or {@code null} where the runtime has none of that name. */
    Shape shape(String name) {
        if (name == null) {
            return null;
        }
        String internal = name.replace('.', '/');
        if (!shapes.containsKey(internal)) {
            byte[] file = bytes.apply(internal);
            shapes.put(internal, file == null ? null : new Shape(file));
        }
        return shapes.get(internal);
    }

    /** One call instruction. */
    static final class Call {
        final String method;
        final boolean inStatic;

        Call(String method, boolean inStatic) {
            this.method = method;
            this.inStatic = inStatic;
        }
    }

    /** Members and calls of one class. */
    static final class Shape {
        final Map<String, Integer> methods = new HashMap<>();
        final List<String> fields = new ArrayList<>();
        final Map<String, List<Call>> calls = new HashMap<>();
        String parent;

        Shape(byte[] file) {
            new ClassReader(file).accept(new Collector(this), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
    }

    private static final class Collector extends ClassVisitor {
        private final Shape shape;

        Collector(Shape shape) {
            super(Opcodes.ASM9);
            this.shape = shape;
        }

        @Override
        public void visit(int version, int access, String name, String sign, String parent, String[] interfaces) {
            shape.parent = parent;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String sign, Object value) {
            shape.fields.add(name + ":" + descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String sign, String[] thrown) {
            shape.methods.put(name + descriptor, access);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int code, String owner, String called, String type, boolean itf) {
                    shape.calls
                            .computeIfAbsent(owner + "." + called + type, key -> new ArrayList<>())
                            .add(new Call(name + descriptor, (access & Opcodes.ACC_STATIC) != 0));
                }
            };
        }
    }
}
