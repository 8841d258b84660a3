package io.notsock.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.alert.Alert;
import io.notsock.alert.Culprit;
import io.notsock.alert.Party;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ApplicationLoggersTest {
    private final List<Class<?>> loaded = new ArrayList<>();
    private final Set<Class<?>> unused = new HashSet<>();

    private final Deployment shop = new Deployment(Deployed.class);
    private final Deployment blog = new Deployment(AlsoDeployed.class);

    /** Stands for a class of an application. */
    static final class Deployed {}

    static final class AlsoDeployed {}

    static final class Both {}

    /** An application with an SLF4J of its own, and with a class that the others do not have. */
    private final class Deployment extends ClassLoader {
        final Class<?> factory = add(LoggerFactory.class);

        Deployment(Class<?>... classes) {
            super(ClassLoader.getPlatformClassLoader());
            for (Class<?> type : classes) {
                add(type);
            }
        }

        Class<?> add(Class<?> type) {
            String name = type.getName();
            try (InputStream in = type.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                Class<?> defined = defineClass(name, bytes, 0, bytes.length);
                loaded.add(defined);
                return defined;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void theCulpritsComesFirst() throws Exception {
        Alert alert = alert(Culprit.ROGUE, Deployed.class, AlsoDeployed.class);

        assertThat(choose(alert).factory()).isSameAs(shop.factory);
        assertThat(choose(alert).context()).isSameAs(shop);
        assertThat(choose(alert.toBuilder().culprit(Culprit.FIRST_CLOSE).build())
                        .factory())
                .isSameAs(blog.factory);
    }

    @Test
    void aClassThatSeveralHaveSaysNothing() throws Exception {
        shop.add(Both.class);
        blog.add(Both.class);

        assertThat(choose(alert(Culprit.ROGUE, Both.class, AlsoDeployed.class)).factory())
                .isSameAs(blog.factory);
        assertThat(choose(alert(Culprit.ROGUE, Both.class, Both.class)).problem())
                .isEqualTo("several SLF4Js are in use, and an alert's stacks do not tell whose it is");
    }

    @Test
    void aLoaderSeesWhatItsParentsSee() throws Exception {
        ClassLoader child = new ClassLoader(shop) {};
        Class<?> within = Proxy.newProxyInstance(child, new Class<?>[] {Runnable.class}, (p, m, a) -> null)
                .getClass();
        ClassLoader owner = within.getClassLoader();
        loaded.add(within);

        ApplicationLoggers.Choice choice = choose(alert(Culprit.ROGUE, within, AlsoDeployed.class));

        // Where the proxy's class could not be made in the child the rest would prove nothing.
        assertThat(owner).isSameAs(child);
        assertThat(choice.factory()).isSameAs(shop.factory);
        assertThat(choice.context()).isSameAs(child);
    }

    @Test
    void otherwiseThatOfTheClassPathOrTheOnlyOne() throws Exception {
        Alert alert = alert(Culprit.ROGUE, String.class, String.class);
        assertThat(choose(alert).problem()).startsWith("several SLF4Js");

        unused.add(blog.factory);
        assertThat(choose(alert).factory()).isSameAs(shop.factory);
        assertThat(choose(alert).context()).isSameAs(shop);

        unused.clear();
        loaded.add(LoggerFactory.class);
        assertThat(choose(alert).factory()).isSameAs(LoggerFactory.class);
    }

    @Test
    void whatNobodyHasUsedYetIsLeftAlone() throws Exception {
        unused.add(shop.factory);
        assertThat(choose(alert(Culprit.ROGUE, Deployed.class, AlsoDeployed.class))
                        .factory())
                .isSameAs(blog.factory);

        unused.add(blog.factory);
        assertThat(choose(alert(Culprit.ROGUE, Deployed.class, AlsoDeployed.class))
                        .problem())
                .isEqualTo("no SLF4J of the application is in use");
    }

    private ApplicationLoggers.Choice choose(Alert alert) throws Exception {
        Instrumentation jvm = (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, args) -> {
                    Map<String, Object> answers = Map.of(
                            "getAllLoadedClasses",
                            loaded.toArray(new Class<?>[0]),
                            "getInitiatedClasses",
                            loaded.stream()
                                    .filter(type -> args != null && type.getClassLoader() == args[0])
                                    .toArray(Class<?>[]::new));
                    return answers.get(method.getName());
                });
        return new ApplicationLoggers(jvm, factory -> !unused.contains(factory)).choose(alert);
    }

    private static Alert alert(Culprit culprit, Class<?> rogue, Class<?> firstClose) {
        return LogSinkTest.ALERT.toBuilder()
                .culprit(culprit)
                .party(party(Party.Role.ROGUE, rogue))
                .party(party(Party.Role.FIRST_CLOSE, firstClose))
                .build();
    }

    private static Party party(Party.Role role, Class<?> type) {
        return new Party.Builder(role)
                .stack(
                        new StackTraceElement("java.io.FileInputStream", "close", "FileInputStream.java", 1),
                        new StackTraceElement(type.getName(), "run", "Source.java", 1))
                .build();
    }
}
