package io.notsock.agent.cli;

import io.notsock.agent.weave.CodeIndex;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Place;
import io.notsock.catalog.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What one target of a catalog entry matches in given code, and where it matches nothing, what is there instead. */
final class TargetMatch {
    private final Entry entry;
    private final Target target;
    private final CodeIndex code;
    private boolean found;
    private final String told;

    TargetMatch(Entry entry, Target target, CodeIndex code) {
        this.entry = entry;
        this.target = target;
        this.code = code;
        this.told = target + ": " + tell();
    }

    boolean found() {
        return found;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return told;
    }

    private String tell() {
        switch (target.kind()) {
            case METHOD:
                return body();
            case CALL:
                return calls();
            default:
                found = true;
                return "found when it is called through JNA or FFM";
        }
    }

    private String body() {
        List<String> others = new ArrayList<>();
        for (CodeIndex.Method method : code.methods) {
            if (!method.name.equals(target.name()) || !WeavePlan.isNamed(target.owner(), method.owner)) {
                continue;
            }
            if (!isDescriptor(target, method.owner, method.descriptor)) {
                others.add(method.toString());
            } else if (method.isNative || method.isAbstract) {
                Set<String> callers = code.callers(method);
                return "is " + (method.isNative ? "native" : "abstract") + " and has no body; accepted: 'call " + method
                        + " in CLASS' for its calls"
                        + (callers.isEmpty() ? "" : ", which are in " + String.join(", ", callers));
            } else if (method.isStatic && entry.readsReceiver()) {
                return "is static and has no 'this'";
            } else if (missingField(method.owner) != null) {
                return "there, but " + method.owner.replace('/', '.') + " has no field " + missingField(method.owner);
            } else {
                found = true;
                return "matches";
            }
        }
        return "not there" + didYouMean(others);
    }

    private String missingField(String owner) {
        for (Place place : entry.places()) {
            if (place.kind() == Place.Kind.FIELD && !code.mayHaveField(owner, place.field(), place.descriptor())) {
                return place.field() + ':' + place.descriptor();
            }
        }
        return null;
    }

    private String calls() {
        Set<String> within = new TreeSet<>();
        Set<String> elsewhere = new TreeSet<>();
        Set<String> others = new LinkedHashSet<>();
        int count = 0;
        for (CodeIndex.Call call : code.calls) {
            if (!call.name.equals(target.name()) || !WeavePlan.isNamed(target.owner(), call.owner)) {
                continue;
            }
            if (!isDescriptor(target, call.owner, call.descriptor)) {
                others.add(call.owner.replace('/', '.') + "." + call.name + call.descriptor);
            } else if (isWithin(call)) {
                within.add(call.callerName());
                count++;
            } else {
                elsewhere.add(call.callerName());
            }
        }
        found = count > 0;
        StringBuilder line = new StringBuilder();
        if (found) {
            line.append(count).append(count == 1 ? " call in " : " calls in ").append(String.join(", ", within));
        } else {
            line.append("no call").append(elsewhere.isEmpty() ? didYouMean(others) : "");
        }
        if (!elsewhere.isEmpty()) {
            line.append("; called in ").append(String.join(", ", elsewhere)).append(" too, which 'in' does not name");
        }
        return line.toString();
    }

    private boolean isWithin(CodeIndex.Call call) {
        for (String pattern : target.within()) {
            String method = Target.callerMethod(pattern);
            if (WeavePlan.isNamed(Target.callerClass(pattern), call.caller)
                    && (method == null || method.equals(call.callerMethod))) {
                return true;
            }
        }
        return false;
    }

    private static String didYouMean(Iterable<String> others) {
        String list = String.join(", ", others);
        return list.isEmpty() ? "" : "; did you mean " + list + "?";
    }

    /** Whether a target's descriptor, its own classes relocated or not, is this one. */
    static boolean isDescriptor(Target target, String declaring, String descriptor) {
        return WeavePlan.isDescriptor(target.owner(), target.descriptor(), declaring, descriptor);
    }
}
