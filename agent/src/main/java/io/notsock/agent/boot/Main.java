package io.notsock.agent.boot;

import java.lang.reflect.InvocationTargetException;

/** {@code java -jar notsock-agent.jar COMMAND}: hands over to the command line behind the isolated loader. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Throwable {
        IsolatedLoader loader = IsolatedLoader.open(NotsockAgent.jarFile());
        try {
            int status = (Integer) loader.loadClass("io.notsock.agent.cli.CommandLine")
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) args);
            System.exit(status);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
