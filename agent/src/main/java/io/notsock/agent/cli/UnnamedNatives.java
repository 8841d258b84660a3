package io.notsock.agent.cli;

import io.notsock.agent.weave.CodeIndex;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Natives that take or give a number or a descriptor, and that no entry names: perhaps they work on handles too. */
final class UnnamedNatives {
    private final List<Entry> entries;
    private final CodeIndex code;

    UnnamedNatives(List<Entry> entries, CodeIndex code) {
        this.entries = entries;
        this.code = code;
    }

    /** One line for each: the method and who calls it. */
    List<String> lines() {
        Map<String, Set<String>> natives = new TreeMap<>();
        for (CodeIndex.Method method : code.methods) {
            if (method.isNative && carriesNumber(method.descriptor) && !isNamed(method)) {
                natives.put(method.toString(), code.callers(method));
            }
        }
        List<String> lines = new ArrayList<>(natives.size());
        natives.forEach((method, callers) -> lines.add(method
                + (callers.isEmpty() ? ", which nothing here calls" : ", called in " + String.join(", ", callers))));
        return lines;
    }

    private static boolean carriesNumber(String descriptor) {
        return descriptor.contains("Ljava/io/FileDescriptor;")
                || descriptor.replaceAll("L[^;]*;", "").matches(".*[IJ].*");
    }

    private boolean isNamed(CodeIndex.Method method) {
        for (Entry entry : entries) {
            for (Target target : entry.targets()) {
                if (target.kind() == Target.Kind.CALL
                        && target.name().equals(method.name)
                        && WeavePlan.isNamed(target.owner(), method.owner)
                        && TargetMatch.isDescriptor(target, method.owner, method.descriptor)) {
                    return true;
                }
            }
        }
        return false;
    }
}
