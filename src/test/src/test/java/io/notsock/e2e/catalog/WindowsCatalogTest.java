package io.notsock.e2e.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.provider.MethodSource;

/** Every JDK target of the Windows catalog exists in the Windows runtimes, and no native that opens or closes is missed. */
class WindowsCatalogTest {
    private static final List<String> PACKAGES =
            List.of("java/io", "java/lang", "java/net", "sun/net/sdp", "sun/nio/ch", "sun/nio/fs", "sun/tools/attach");

    /** The natives of Windows that give a handle out or give it back. */
    private static final Set<String> NATIVES = Set.of(
            "java/io/FileCleanable.cleanupClose0",
            "java/io/FileDescriptor.close0",
            "java/io/FileInputStream.open0",
            "java/io/FileOutputStream.open0",
            "java/io/RandomAccessFile.open0",
            "java/lang/ProcessImpl.closeHandle",
            "java/lang/ProcessImpl.create",
            "java/lang/ProcessImpl.openForAtomicAppend",
            "java/net/DualStackPlainDatagramSocketImpl.socketClose",
            "java/net/DualStackPlainDatagramSocketImpl.socketCreate",
            "java/net/PlainSocketImpl.accept0",
            "java/net/PlainSocketImpl.close0",
            "java/net/PlainSocketImpl.socket0",
            "java/net/SocketCleanable.cleanupClose0",
            "java/net/TwoStacksPlainDatagramSocketImpl.bind0",
            "java/net/TwoStacksPlainDatagramSocketImpl.datagramSocketClose",
            "java/net/TwoStacksPlainDatagramSocketImpl.datagramSocketCreate",
            "sun/net/sdp/SdpSupport.create0",
            "sun/nio/ch/FileDispatcherImpl.close0",
            "sun/nio/ch/FileDispatcherImpl.duplicateHandle",
            "sun/nio/ch/IOUtil.makePipe",
            "sun/nio/ch/Iocp.close0",
            "sun/nio/ch/Iocp.createIoCompletionPort",
            "sun/nio/ch/Net.accept",
            "sun/nio/ch/Net.socket0",
            "sun/nio/ch/ServerSocketChannelImpl.accept0",
            "sun/nio/ch/SocketDispatcher.close0",
            "sun/nio/ch/SocketDispatcher.preClose0",
            "sun/nio/ch/UnixDomainSockets.accept0",
            "sun/nio/ch/UnixDomainSockets.socket0",
            "sun/nio/ch/WindowsAsynchronousServerSocketChannelImpl.closesocket0",
            "sun/nio/ch/WindowsAsynchronousSocketChannelImpl.closesocket0",
            "sun/nio/fs/WindowsNativeDispatcher.CloseHandle",
            "sun/nio/fs/WindowsNativeDispatcher.CreateEvent",
            "sun/nio/fs/WindowsNativeDispatcher.CreateFile0",
            "sun/nio/fs/WindowsNativeDispatcher.CreateIoCompletionPort",
            "sun/nio/fs/WindowsNativeDispatcher.DuplicateTokenEx",
            "sun/nio/fs/WindowsNativeDispatcher.OpenProcessToken",
            "sun/nio/fs/WindowsNativeDispatcher.OpenThreadToken",
            "sun/tools/attach/VirtualMachineImpl.closePipe",
            "sun/tools/attach/VirtualMachineImpl.closeProcess",
            "sun/tools/attach/VirtualMachineImpl.createPipe",
            "sun/tools/attach/VirtualMachineImpl.openProcess");

    /** Calls of them, by caller and callee, that need no hook of their own, and why. */
    private static final Map<String, String> UNHOOKED = Map.ofEntries(
            Map.entry(
                    "java/net/PlainSocketImpl.socketCreate -> java/net/PlainSocketImpl.socket0",
                    "SocketCleanable registers it at once (net.plain.open)"),
            Map.entry(
                    "java/net/PlainSocketImpl.socketAccept -> java/net/PlainSocketImpl.accept0",
                    "SocketCleanable registers it at once (net.plain.open)"),
            Map.entry(
                    "java/net/DualStackPlainDatagramSocketImpl.datagramSocketCreate -> java/net/DualStackPlainDatagramSocketImpl.socketCreate",
                    "create() is hooked (net.plain.datagram)"),
            Map.entry(
                    "java/net/DualStackPlainDatagramSocketImpl.datagramSocketClose -> java/net/DualStackPlainDatagramSocketImpl.socketClose",
                    "close() is hooked (net.plain.datagram.close)"),
            Map.entry(
                    "java/net/AbstractPlainDatagramSocketImpl.bind -> java/net/TwoStacksPlainDatagramSocketImpl.bind0",
                    "hooked inside"),
            Map.entry(
                    "sun/nio/ch/SocketDispatcher.invalidateAndClose -> sun/nio/ch/SocketDispatcher.close0",
                    "both close() that call it are hooked (nio.close)"),
            Map.entry(
                    "sun/net/sdp/SdpSupport.createSocket -> sun/net/sdp/SdpSupport.create0",
                    "not supported on Windows, throws"),
            Map.entry(
                    "sun/nio/ch/Iocp.associate -> sun/nio/ch/Iocp.createIoCompletionPort",
                    "associates, makes no new port"),
            Map.entry(
                    "sun/nio/fs/WindowsWatchService$Poller.implRegister -> sun/nio/fs/WindowsNativeDispatcher.CreateIoCompletionPort",
                    "associates, makes no new port"));

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void everyTargetExists(Jdks.Jdk jdk) throws IOException {
        Catalog catalog = Catalog.builtIn("windows").forRuntime(jdk.version(), "windows");
        List<String> problems = new ArrayList<>();
        int targets = 0;
        try (Runtimes.Image image = new Runtimes.Image(jdk.home())) {
            CatalogCheck check = new CatalogCheck(image::bytes);
            for (Entry entry : catalog.entries()) {
                if (entry.targets().get(0).owner().startsWith("*.")) {
                    continue;
                }
                targets += entry.targets().size();
                for (String problem : check.problems(entry)) {
                    problems.add(jdk + ": " + problem);
                }
            }
        }
        assertEquals(List.of(), problems);
        assertFalse(targets < 35, "only " + targets + " targets checked");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void everyNativeThatOpensOrClosesIsHooked(Jdks.Jdk jdk) throws IOException {
        Catalog catalog = Catalog.builtIn("windows").forRuntime(jdk.version(), "windows");
        List<String> missed = new ArrayList<>();
        int calls = 0;
        try (Runtimes.Image image = new Runtimes.Image(jdk.home())) {
            CatalogCheck check = new CatalogCheck(image::bytes);
            for (String folder : PACKAGES) {
                for (String name : image.classesOf(folder)) {
                    for (Map.Entry<String, List<CatalogCheck.Call>> e :
                            check.shape(name).calls.entrySet()) {
                        String callee = e.getKey();
                        String plain = callee.substring(0, callee.indexOf('('));
                        if (!NATIVES.contains(plain)) {
                            continue;
                        }
                        for (CatalogCheck.Call call : e.getValue()) {
                            String caller = name + "." + call.method.substring(0, call.method.indexOf('('));
                            if (UNHOOKED.containsKey(caller + " -> " + plain)) {
                                continue;
                            }
                            calls++;
                            if (!isHooked(catalog, name, call.method, callee)) {
                                missed.add(jdk + ": " + caller + " -> " + callee);
                            }
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), missed);
        assertFalse(calls < 35, "only " + calls + " calls checked");
    }

    private static boolean isHooked(Catalog catalog, String caller, String method, String callee) {
        String dotted = caller.replace('/', '.');
        for (Entry entry : catalog.entries()) {
            for (Target target : entry.targets()) {
                String name = target.owner().replace('.', '/') + "." + target.name() + target.descriptor();
                boolean body = target.kind() == Target.Kind.METHOD && name.equals(caller + "." + method);
                boolean site = target.kind() == Target.Kind.CALL
                        && name.equals(callee)
                        && target.within().contains(dotted);
                if (body || site) {
                    return true;
                }
            }
        }
        return false;
    }
}
