package io.notsock.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails a Jupiter test, class or run by the alerts that belong to it. Registered by {@link NotsockSessionListener} without any
 * annotation; where that cannot be, {@code @ExtendWith(NotsockExtension.class)} does the same.
 *
 * <p>It looks when the test's own store is closed, which is later than every {@code @AfterEach}: resources that other
 * extensions close there are the test's, too.
 */
public final class NotsockExtension
        implements BeforeAllCallback, BeforeEachCallback, TestInstancePreConstructCallback, InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(NotsockExtension.class);

    private final TestRun tests = TestRun.current();

    /** Called by JUnit. */
    public NotsockExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (watched(context)) {
            root(context);
            begun(context);
        }
    }

    /** A test's constructor is part of the test. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (context.getTestMethod().isPresent() && watched(context)) {
            begun(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (watched(context)) {
            begun(context);
        }
    }

    /** JUnit calls no {@code BeforeEach} for the tests that a factory makes. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        if (!watched(context)) {
            invocation.proceed();
            return;
        }
        Scope parent = nearest(context);
        Scope scope = parent.test(context.getDisplayName(), Set.of(), leaksIn(parent, context));
        Scope before = tests.enter(scope);
        Throwable failure = null;
        try {
            invocation.proceed();
        } catch (Throwable t) {
            failure = t;
        }
        List<HandleAlertError> errors = tests.leave(scope, before);
        if (failure != null) {
            errors.forEach(failure::addSuppressed);
            throw failure;
        }
        if (!errors.isEmpty()) {
            throw HandleAlertError.of(errors);
        }
    }

    private boolean watched(ExtensionContext context) {
        if (tests.watched() || tests.connect()) {
            return true;
        }
        if (Required.by(context)) {
            throw new IllegalStateException("notsock.required=true, but notsock's agent is not in this JVM");
        }
        return false;
    }

    /** What the run is to blame for fails JUnit's node of the whole engine. */
    private void root(ExtensionContext context) {
        store(context.getRoot()).getOrComputeIfAbsent(RunEnd.class, type -> new RunEnd(tests), RunEnd.class);
    }

    private void begun(ExtensionContext context) {
        // A store asks its parents, too: the key names the one that is meant.
        store(context).getOrComputeIfAbsent(context.getUniqueId(), id -> begin(context), Running.class);
    }

    private Running begin(ExtensionContext context) {
        AnnotatedElement element = context.getElement().orElse(null);
        Set<String> allowed = allowedBy(element);
        Set<String> expected = expectedBy(element);
        allowed.addAll(expected);
        Scope parent = nearest(context.getParent().orElse(null));
        boolean test = context.getTestMethod().isPresent();
        LeakCheck leaks = expected.contains(AlertKind.LEAK.name())
                ? LeakCheck.TEST
                : AnnotationSupport.findAnnotation(element, CheckHandleLeaks.class)
                        .map(check -> check.value() ? LeakCheck.TEST : LeakCheck.OFF)
                        .orElseGet(() -> leaksIn(parent, context));
        Scope scope =
                test ? parent.test(nameOf(context), allowed, leaks) : parent.container(nameOf(context), allowed, leaks);
        return new Running(tests, scope, tests.enter(scope), expected, context);
    }

    private LeakCheck leaksIn(Scope parent, ExtensionContext context) {
        return parent == tests.run() ? LeakCheck.by(new Settings(context::getConfigurationParameter)) : parent.leaks();
    }

    private Scope nearest(ExtensionContext context) {
        for (ExtensionContext c = context; c != null; c = c.getParent().orElse(null)) {
            Running running = store(c).get(c.getUniqueId(), Running.class);
            if (running != null) {
                return running.scope();
            }
        }
        return tests.run();
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static String nameOf(ExtensionContext context) {
        String type = context.getTestClass().map(Class::getSimpleName).orElse("");
        return context.getTestMethod()
                .map(method -> context.getDisplayName().startsWith(method.getName())
                        ? type + "." + context.getDisplayName()
                        : type + "." + method.getName() + " " + context.getDisplayName())
                .orElse(type);
    }

    private static Set<String> allowedBy(AnnotatedElement element) {
        Set<String> kinds = new TreeSet<>();
        AnnotationSupport.findAnnotation(element, AllowHandleAlerts.class).ifPresent(allow -> {
            for (AlertKind kind : allow.value()) {
                kinds.add(kind.name());
            }
            if (kinds.isEmpty()) {
                kinds.add("*");
            }
        });
        return kinds;
    }

    private static Set<String> expectedBy(AnnotatedElement element) {
        Set<String> kinds = new TreeSet<>();
        if (element != null) {
            for (ExpectHandleAlert expect :
                    AnnotationSupport.findRepeatableAnnotations(element, ExpectHandleAlert.class)) {
                kinds.add(expect.value().name());
            }
        }
        return kinds;
    }
}
