package io.notsock.report;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes new files and folders of the agent readable by their owner only: stacks and paths are nobody else's business. On
 * Windows by an access list that is given at the creation, so that what the folder would pass on does not count; the
 * system's own account and its administrators keep their access, as root has it elsewhere.
 */
public final class OwnerOnly {
    private static final FileAttribute<?>[] NONE = {};
    private static final String FILE = "rw-------";

    private OwnerOnly() {}

    /** For {@link java.nio.file.Files#createFile}; empty on a file system that knows neither permissions nor lists. */
    public static FileAttribute<?>[] file(Path file) {
        return of(file, FILE);
    }

    /**
     * Makes an empty file without a channel, in a folder that nobody else can look into, and gives it its name by a link, which
     * never replaces anything.
     *
     * <p>The JDK's channels, as {@link Files#createFile} uses them, load {@code libnet}, which reads {@code java.net.preferIPv4Stack} as it is
     * loaded, once and for all (net_util.c, {@code JNI_OnLoad}): the first statement of an application's {@code main} may be to set that.
     *
     * @return false where it cannot be made so: there are no permissions, no links, or a reason that {@code createFile} will tell
     * @throws FileAlreadyExistsException where there is one of this name
     */
    static boolean createByLink(Path file) throws FileAlreadyExistsException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Path folder = file.resolveSibling("." + file.getFileName() + "." + Long.toHexString(System.nanoTime()));
        Path draft = folder.resolve("new");
        try {
            Files.createDirectory(folder, folder(folder));
            new FileOutputStream(draft.toFile()).close();
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(FILE));
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return false;
        } finally {
            remove(draft);
            remove(folder);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException | RuntimeException e) {
            return; // nobody else has it, and it is empty
        }
    }

    /** For {@link java.nio.file.Files#createDirectories}. */
    public static FileAttribute<?>[] folder(Path folder) {
        return of(folder, "rwx------");
    }

    private static FileAttribute<?>[] of(Path path, String permissions) {
        FileSystem system = path.getFileSystem();
        Set<String> views = system.supportedFileAttributeViews();
        if (views.contains("posix")) {
            return new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            };
        }
        List<AclEntry> list = views.contains("acl") ? accessList(system) : List.of();
        return list.isEmpty() ? NONE : new FileAttribute<?>[] {new AccessList(list)};
    }

    /** Empty where Windows does not know the user by name: then the folder's rights have to do. */
    private static List<AclEntry> accessList(FileSystem system) {
        List<AclEntry> entries = new ArrayList<>();
        // The names of the last two are others in some languages.
        for (String name : new String[] {System.getProperty("user.name"), "SYSTEM", "Administrators"}) {
            try {
                UserPrincipal principal = system.getUserPrincipalLookupService().lookupPrincipalByName(name);
                entries.add(AclEntry.newBuilder()
                        .setType(AclEntryType.ALLOW)
                        .setPrincipal(principal)
                        .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                        .build());
            } catch (IOException | RuntimeException e) {
                if (entries.isEmpty()) {
                    return List.of();
                }
            }
        }
        return entries;
    }

    private static final class AccessList implements FileAttribute<List<AclEntry>> {
        private final List<AclEntry> entries;

        AccessList(List<AclEntry> entries) {
            this.entries = entries;
        }

        @Override
        public String name() {
            return "acl:acl";
        }

        @Override
        public List<AclEntry> value() {
            return entries;
        }
    }
}
