package io.notsock.agent.jmx;

import io.notsock.agent.live.LiveView;
import io.notsock.alert.AlertSink;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registers the MBean with the server that the JVM has made. */
public final class JmxJoin {
    static final String NAME = "io.notsock:type=HandleRegistry";

    private JmxJoin() {}

    /**
     * Registers the MBean.
     *
     * @param server an {@link MBeanServer}
     * @return the sink by which its listeners are told of alerts
     * @throws JMException where the server refuses the MBean
     */
    @SuppressWarnings(
            "removal") // with a security manager the MBean is ours to register, whoever has asked for the server
    public static AlertSink register(Object server, LiveView live) throws JMException {
        ObjectName name = new ObjectName(NAME);
        AlertNotifications notifications = new AlertNotifications(name, live.counters());
        HandleRegistry bean = new HandleRegistry(live, notifications.broadcaster());
        try {
            AccessController.doPrivileged(
                    (PrivilegedExceptionAction<Object>) () -> ((MBeanServer) server).registerMBean(bean, name));
        } catch (PrivilegedActionException e) {
            throw (JMException) e.getException();
        }
        return notifications;
    }
}
