package io.notsock.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogParserTest {
    private static final String FD = "Ljava/io/FileDescriptor;";

    @Test
    void readsEveryKey() {
        Entry entry = only("\uFEFF# a file\r\n"
                + "entry my.open_1-a   # with a comment\r\n"
                + "\trole open\r\n"
                + "  method a.b.C$D.<init>(I" + FD + ")V @17..21\r\n"
                + "  call *.x.Y.open([BJ)J in p.Q, *.r.S @25\r\n"
                + "  function f in c, libc.so.6, <process>\r\n"
                + "\r\n"
                + "  space handle\r\n  os windows linux\r\n  jdk 11..\r\n  type pipe\r\n"
                + "  number arg1\r\n  owner none\r\n  api my:API # 1\r\n"
                + "  closed-by my.close\r\n  lifetime vm\r\n"
                + "entry my.close\n  role close\n  function close in c\n  number arg0\n  fails 0\n");
        assertEquals("my.open_1-a", entry.id());
        assertEquals(Role.OPEN, entry.role());
        assertEquals(Space.HANDLE, entry.space());
        assertEquals(Set.of("linux", "windows"), entry.systems());
        assertEquals(HandleType.PIPE, entry.type());
        assertEquals(List.of(Place.argument(1)), entry.numbers());
        assertNull(entry.owner());
        assertEquals("my:API", entry.api());
        assertEquals(Set.of("my.close"), entry.closedBy());
        assertTrue(entry.forVmLife());

        Target method = entry.targets().get(0);
        assertEquals(Target.Kind.METHOD, method.kind());
        assertEquals("a.b.C$D", method.owner());
        assertEquals("<init>", method.name());
        assertEquals("(I" + FD + ")V", method.descriptor());
        assertEquals(new Range(17, 21), method.jdk());
        Target call = entry.targets().get(1);
        assertEquals(Target.Kind.CALL, call.kind());
        assertEquals("*.x.Y", call.owner());
        assertEquals(List.of("p.Q", "*.r.S"), call.within());
        Target inPackage = parse("entry a\n role close\n call a.B.f(I)V in *.r.*\n number arg0\n owner none\n")
                .entries()
                .get(0)
                .targets()
                .get(0);
        assertEquals(List.of("*.r.*"), inPackage.within());
        assertEquals(new Range(25, 25), call.jdk());
        Target function = entry.targets().get(2);
        assertEquals(Target.Kind.FUNCTION, function.kind());
        assertEquals("f", function.name());
        assertEquals(List.of("c", "libc.so.6", "<process>"), function.within());
    }

    @Test
    void readsEveryPlace() {
        Entry entry =
                only("entry a\n role open\n call C.f([I)J in D\n number return.hi return.lo\n owner caller armed\n");
        assertEquals(List.of(Place.of(Place.Kind.RETURN_HI), Place.of(Place.Kind.RETURN_LO)), entry.numbers());
        assertEquals(Place.of(Place.Kind.CALLER), entry.owner());
        assertTrue(entry.armed());
        entry = only("entry a\n role open\n method C.<init>(J[I)V\n number arg0 arg1[]\n owner this\n closer this\n");
        assertEquals(List.of(Place.argument(0), Place.argumentElements(1)), entry.numbers());
        assertEquals(Place.of(Place.Kind.THIS), entry.owner());
        assertEquals(Place.of(Place.Kind.THIS), entry.closer());
        assertFalse(entry.armed());
        entry = only("entry a\n role count\n method C.close()V\n flag this.closed:Z\n");
        assertEquals(Place.field("closed", "Z"), entry.flag());
        entry = only("entry a\n role replace\n function dup2 in c\n number arg1\n source arg0\n fails -1\n");
        assertEquals(Place.argument(0), entry.source());
        assertEquals(Failure.MINUS_ONE, entry.failure());
        entry = only("entry a\n role adopt\n method C.f(I)I\n number return\n owner this\n when positive\n fails <0\n");
        assertTrue(entry.onlyIfPositive());
        assertEquals(Failure.NEGATIVE, entry.failure());
    }

    @Test
    void functionsAreToldApartByAnArgument() {
        Entry entry = only("entry a\n role open\n function fcntl in libc\n number return\n when arg1 = 0, 0x406\n");
        assertEquals(new Condition(1, 0, 1030), entry.condition());
        assertTrue(entry.condition().holds(1030));
        assertFalse(entry.condition().holds(1));
        entry = only("entry a\n role open\n function f in k\n number return\n when arg6 = 1, 3 and arg0 = -1\n");
        assertEquals("arg6 = 1, 3 and arg0 = -1", entry.condition().toString());
        assertEquals(new Condition(0, -1), entry.condition().and());
        assertNull(only("entry a\n role open\n function f in libc\n number return\n")
                .condition());
        entry = only("entry a\n role close\n function f in libc\n number arg0..arg1\n fails EBADF\n");
        assertEquals(List.of(Place.argumentRange(0)), entry.numbers());
        assertEquals(Failure.EBADF, entry.failure());
        entry = only("entry a\n role open\n space pthread\n function f in libc\n number *arg0\n fails !0\n");
        assertEquals(List.of(Place.pointee(0)), entry.numbers());
        assertEquals(Failure.NOT_ZERO, entry.failure());
    }

    @Test
    void numbersMayBeInsideStructures() {
        String use = "entry a\n role use\n function f in libc\n owner none\n fails EBADF\n number ";
        assertEquals("arg1.fdsets", only(use + "arg1.fdsets\n").numbers().get(0).toString());
        assertEquals(
                "arg0.pollfds", only(use + "arg0.pollfds\n").numbers().get(0).toString());
        assertEquals(
                Place.Kind.RIGHTS,
                only("entry a\n role open\n function f in libc\n number arg1.rights\n")
                        .numbers()
                        .get(0)
                        .kind());
    }

    @Test
    void descriptorObjectIsTheOwnerUnlessSaidOtherwise() {
        String text = "entry a\n role close\n method C.f(I" + FD + ")V\n number arg1\n";
        assertEquals(Place.argument(1), only(text).owner());
        assertNull(only(text + " owner none\n").owner());
        assertEquals(Place.of(Place.Kind.THIS), only(text + " owner this\n").owner());
        assertNull(only(text.replace("arg1", "arg0")).owner());
    }

    @Test
    void spaceTellsTheSystemWhereNothingElseDoes() {
        String text = "entry a\n role close\n method C.f(J)V\n number arg0\n";
        assertEquals(Set.of("linux"), only(text).systems());
        assertEquals(Set.of("windows"), only(text + " space handle\n").systems());
        assertEquals(Set.of("windows"), only(text + " space crt-fd\n").systems());
        assertEquals(Set.of("linux"), only(text + " space pthread\n").systems());
    }

    @Test
    void entryRangeIsNarrowedByTheTargets() {
        Entry entry = only("entry a\n role close\n jdk 17..\n method C.f(J)V @11..21\n method C.g(J)V\n number arg0\n");
        assertEquals(new Range(17, 21), entry.targets().get(0).jdk());
        assertEquals(new Range(17, Integer.MAX_VALUE), entry.targets().get(1).jdk());
    }

    @Test
    void runtimeKeepsWhatExistsThere() {
        Catalog catalog = parse("entry o\n role open\n method C.f()I @11..17\n method C.g()I @21..\n number return\n"
                + " closed-by new old\n"
                + "entry old\n role close\n jdk 11..17\n method C.x(I)V\n number arg0\n"
                + "entry new\n role close\n jdk 21..\n method C.y(I)V\n number arg0\n"
                + "entry w\n role close\n os windows\n method C.z(I)V\n number arg0\n");
        Catalog on21 = catalog.forRuntime(21, "linux");
        assertEquals(2, on21.entries().size());
        assertEquals("g", on21.entry("o").targets().get(0).name());
        assertEquals(Set.of("new"), on21.entry("o").closedBy());
        assertNull(on21.entry("old"));
        assertEquals(1, catalog.forRuntime(17, "windows").entries().size());
        assertEquals(4, catalog.entries().size());
    }

    @Test
    void filesAddUpAndMayReferToEachOther() throws IOException {
        Catalog base = parse("entry c\n role close\n method C.x(I)V\n number arg0\n");
        String more = "entry o\n role open\n method C.f()I\n number return\n closed-by c d\n";
        String other = "entry d\n role release\n method C.y(I)V\n number arg0\n";
        Catalog both = new CatalogParser(base)
                .read("more", new ByteArrayInputStream(more.getBytes(StandardCharsets.UTF_8)))
                .read("other", other)
                .catalog();
        assertEquals(List.of("c", "o", "d"), ids(both));
        CatalogException e =
                assertThrows(CatalogException.class, () -> new CatalogParser(base).read("my", "entry c\n"));
        assertEquals("my:1: second entry with the id 'c'; accepted: one, and it is built in", e.getMessage());
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirLine() {
        byte[] bytes = "# one\n# tw\u00f6\n".getBytes(StandardCharsets.ISO_8859_1);
        CatalogException e = assertThrows(
                CatalogException.class, () -> new CatalogParser().read("f", new ByteArrayInputStream(bytes)));
        assertEquals("f:2: not UTF-8; accepted: a text file in UTF-8", e.getMessage());
        assertEquals("f", e.file());
        assertEquals(2, e.line());
    }

    @Test
    void builtInCatalogSurvivesARoundTrip() {
        Catalog linux = Catalog.builtIn("linux");
        String text = CatalogText.of(linux);
        assertEquals(text, CatalogText.of(parse(text)));
        assertTrue(linux.entries().size() > 50);
        for (int feature : new int[] {11, 17, 21, 25}) {
            String narrowed = CatalogText.of(linux.forRuntime(feature, "linux"));
            assertEquals(narrowed, CatalogText.of(parse(narrowed)));
        }
        assertFalse(Catalog.builtIn("windows").entries().isEmpty());
    }

    @Test
    void everyOpenOfTheJdkSaysWhoClosesIt() {
        for (int feature : new int[] {11, 17, 21, 25}) {
            for (Entry entry :
                    Catalog.builtIn("linux").forRuntime(feature, "linux").entries()) {
                Target first = entry.targets().get(0);
                // What a library hands to its user, or opens as a plain integer, may be closed in whatever way.
                boolean jdk =
                        first.kind() != Target.Kind.FUNCTION && !first.owner().startsWith("*.");
                if (entry.role() == Role.OPEN && jdk && !entry.forVmLife()) {
                    assertFalse(entry.closedBy().isEmpty(), entry.id() + " on " + feature);
                }
            }
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void refuses(String text, String message) {
        CatalogException e = assertThrows(CatalogException.class, () -> parse(text));
        assertEquals("f:" + message, e.getMessage());
        assertEquals(-1, e.getMessage().indexOf('\n'));
    }

    static Stream<Arguments> wrong() {
        String keys =
                "role, method, call, function, os, jdk, space, type, number, owner, closer, source, flag, api, when,"
                        + " fails, closed-by, lifetime";
        String roles = "open, close, preclose, adopt, release, replace, use, count, begin, end, explain";
        String places = "accepted: return, return.hi, return.lo, argN, argN[], *argN, argN..argM, argN.fdsets,"
                + " argN.pollfds, argN.rights, this, this.FIELD:DESCRIPTOR, caller";
        String close = "entry a\n role close\n number arg0\n";
        String open = "entry a\n role open\n number return\n";
        return Stream.of(
                // entries
                wrong(
                        "# x\n role open\n",
                        "2: 'role' before the first entry; accepted: 'entry ID' at the line's start"),
                wrong("entri a\n", "1: unknown word 'entri'; accepted: entry; did you mean 'entry'?"),
                wrong(
                        "role open\n",
                        "1: key 'role' at the line's start; accepted: keys are indented, below 'entry ID'"),
                wrong("entry a b\n", "1: bad entry id 'a b'; accepted: one word of letters, digits, '.', '-', '_'"),
                wrong("entry\n", "1: bad entry id ''; accepted: one word of letters, digits, '.', '-', '_'"),
                wrong(
                        close + " method C.f(I)V\nentry a\n",
                        "5: second entry with the id 'a'; accepted: one, and it is at f:1"),
                // keys
                wrong(
                        "entry a\n numbr arg0\n",
                        "2: unknown key 'numbr'; accepted: " + keys + "; did you mean 'number'?"),
                wrong("entry a\n zzz arg0\n", "2: unknown key 'zzz'; accepted: " + keys),
                wrong("entry a\n role\n", "2: 'role' has no value; accepted: 'role VALUE'"),
                wrong("entry a\n role # x\n", "2: 'role' has no value; accepted: 'role VALUE'"),
                wrong("entry a\n role open\n role open\n", "3: second 'role', the first is in line 2; accepted: one"),
                wrong(close + " method C.f(I)V\n flag arg0\n", "5: 'flag' means nothing for the role 'close'"),
                wrong(close + " method C.f(I)V\n type file\n", "5: 'type' means nothing for the role 'close'"),
                wrong(
                        "entry a\n role count\n function close in c\n flag this.b:Z\n",
                        "3: 'function' means nothing for the role 'count'"),
                // words
                wrong(
                        "entry a\n role explain\n method C.read()I\n",
                        "1: entry 'a' has no 'owner'; the role 'explain' needs one"),
                wrong(
                        "entry a\n role end\n method C.close()V\n owner none\n",
                        "1: entry 'a' has no owner; the role 'end' needs 'owner PLACE'"),
                wrong(
                        "entry a\n role end\n method C.close()V\n number arg0\n owner this\n",
                        "4: 'number' means nothing for the role 'end'"),
                wrong(
                        "entry a\n role explain\n call C.read()I in D\n owner caller\n",
                        "1: 'explain' at a call that makes no exception: call C.read()I in D; accepted: CLASS.<init>"),
                wrong(
                        "entry a\n role end\n call C.free(Ljava/lang/Object;)V in D\n owner arg0\n",
                        "4: 'owner arg0' at a call, with the role 'end'; accepted: caller"),
                wrong("entry a\n role opne\n", "2: unknown role 'opne'; accepted: " + roles + "; did you mean 'open'?"),
                wrong(
                        "entry a\n os Linux\n",
                        "2: unknown system 'Linux'; accepted: linux, windows; did you mean 'linux'?"),
                wrong(
                        "entry a\n space fds\n",
                        "2: unknown space 'fds'; accepted: fd, handle, crt-fd, pthread; did you mean 'fd'?"),
                wrong(
                        "entry a\n type sokcet\n",
                        "2: unknown type 'sokcet'; accepted: socket, server-socket, datagram, unix-socket, file, pipe,"
                                + " epoll, eventfd, thread, process, event, mapping, other, unknown;"
                                + " did you mean 'socket'?"),
                wrong(
                        "entry a\n fails 7\n",
                        "2: unknown failure '7'; accepted: exception, -1, <0, 0, !0, EBADF, unseen; did you mean '0'?"),
                wrong(
                        "entry a\n when posit\n",
                        "2: bad value 'posit' of 'when'; accepted: positive, argN = VALUE[, VALUE] [and argM = VALUE]"),
                wrong(
                        "entry a\n when arg1[] = 3\n",
                        "2: bad condition 'when arg1[] = 3'; accepted: argN = VALUE[, VALUE]"),
                wrong(
                        "entry a\n when arg1 = 3, x\n",
                        "2: bad value 'x' in 'when arg1 = 3, x'; accepted: whole numbers, such as 0 or 0x406"),
                wrong(
                        "entry a\n number *arg0[]\n",
                        "2: unknown place '*arg0[]'; " + places + "; did you mean 'argN[]'?"),
                wrong(
                        "entry a\n number arg0..arg2\n",
                        "2: unknown place 'arg0..arg2'; " + places + "; did you mean 'argN..argM'?"),
                wrong(
                        "entry a\n lifetime wm\n",
                        "2: bad value 'wm' of 'lifetime'; accepted: vm, thread; did you mean 'vm'?"),
                wrong(
                        "entry a\n number arg0.fdsets\n",
                        "2: unknown place 'arg0.fdsets'; " + places + "; did you mean 'argN.fdsets'?"),
                wrong(
                        "entry a\n role close\n function f in libc\n number arg1.fdsets\n",
                        "4: 'number arg1.fdsets': such numbers are only for the role 'use', and alone"),
                // places
                wrong("entry a\n number agr0\n", "2: unknown place 'agr0'; " + places),
                wrong("entry a\n number arg\n", "2: unknown place 'arg'; " + places + "; did you mean 'argN'?"),
                wrong("entry a\n number arg999\n", "2: unknown place 'arg999'; " + places),
                wrong("entry a\n number this.fd\n", "2: unknown place 'this.fd'; " + places),
                wrong("entry a\n number this.fd:X\n", "2: unknown place 'this.fd:X'; " + places),
                wrong("entry a\n number retrun\n", "2: unknown place 'retrun'; " + places + "; did you mean 'return'?"),
                wrong(
                        "entry a\n number arg0 arg1 arg2\n",
                        "2: 'number arg0 arg1 arg2' has 3 places; accepted: one or two"),
                wrong(
                        "entry a\n owner this amred\n",
                        "2: bad owner 'this amred'; accepted: 'owner PLACE', 'owner PLACE armed', 'owner none'"),
                wrong(
                        "entry a\n owner none armed\n",
                        "2: 'owner none armed': nobody cannot be armed; accepted: 'owner none'"),
                // targets
                wrong(
                        "entry a\n method C.f(I)V x\n",
                        "2: bad method 'C.f(I)V x'; accepted: CLASS.NAME(DESCRIPTOR)RETURN [@RANGE]"),
                wrong("entry a\n method C.f\n", "2: bad method 'C.f'; accepted: CLASS.NAME(DESCRIPTOR)RETURN"),
                wrong("entry a\n method f(I)V\n", "2: bad method 'f(I)V'; accepted: CLASS.NAME(DESCRIPTOR)RETURN"),
                wrong("entry a\n method a/B.f(I)V\n", "2: bad class name 'a/B'; accepted: dotted, may start with '*.'"),
                wrong("entry a\n method C.<x>(I)V\n", "2: bad method name '<x>'; accepted: a Java name or <init>"),
                wrong(
                        "entry a\n method C.f(Q)V\n",
                        "2: malformed descriptor '(Q)V'; accepted: such as (ILjava/lang/String;)V"),
                wrong(
                        "entry a\n method C.f(Ljava.lang.String;)V\n",
                        "2: malformed descriptor '(Ljava.lang.String;)V'; accepted: such as (ILjava/lang/String;)V"),
                wrong(
                        "entry a\n method C.f(Ljava/lang/String)V\n",
                        "2: malformed descriptor '(Ljava/lang/String)V'; accepted: such as (ILjava/lang/String;)V"),
                wrong(
                        "entry a\n method C.f(I)\n",
                        "2: malformed descriptor '(I)'; accepted: such as (ILjava/lang/String;)V"),
                wrong(
                        "entry a\n method C.f(I\n",
                        "2: malformed descriptor '(I'; accepted: such as (ILjava/lang/String;)V"),
                wrong(
                        "entry a\n method C.<init>(I)I\n",
                        "2: malformed descriptor '(I)I'; accepted: of a constructor, such as (I)V"),
                wrong(
                        "entry a\n call C.f(I)V\n",
                        "2: bad call 'C.f(I)V'; accepted: CLASS.NAME(DESCRIPTOR)RETURN in CLASS[, CLASS] [@RANGE]"),
                wrong(
                        "entry a\n call C.f(I)V in A B\n",
                        "2: bad call 'C.f(I)V in A B' at 'B'; accepted: CLASS.NAME(DESCRIPTOR)RETURN in CLASS[, CLASS]"),
                wrong(
                        "entry a\n call C.f(I)V in A,\n",
                        "2: bad call 'C.f(I)V in A,' ends with a comma; accepted: CLASS.NAME(DESCRIPTOR)RETURN in"
                                + " CLASS[, CLASS]"),
                wrong(
                        "entry a\n call C.f(I)V in A-B\n",
                        "2: bad class name 'A-B' after 'in'; accepted: dotted, may start with '*.'; ends"
                                + " with '.*' for a whole package, with '#METHOD' for one method"),
                wrong(
                        "entry a\n function close\n",
                        "2: bad function 'close'; accepted: NAME in LIBRARY[, LIBRARY] [@RANGE]"),
                wrong("entry a\n function a.b in c\n", "2: bad function name 'a.b'; accepted: a C identifier"),
                // ranges
                wrong(
                        "entry a\n method C.f(I)V @new\n",
                        "2: bad range of JDK releases 'new'; accepted: 11.. or 17..21 or 25"),
                wrong("entry a\n jdk ..17\n", "2: bad range of JDK releases '..17'; accepted: 11.. or 17..21 or 25"),
                wrong("entry a\n jdk 21..17\n", "2: empty range '21..17'; accepted: the lower release first"),
                wrong(
                        close + " jdk 17..\n method C.f(I)V @11\n",
                        "5: empty range: @11 is outside 'jdk 17..' of the entry"),
                // what a role needs
                wrong("entry a\n number arg0\n", "1: entry 'a' has no 'role'; accepted: " + roles),
                wrong(close, "1: entry 'a' has no target; accepted: method, call, function"),
                wrong(
                        "entry a\n role open\n method C.f(I)V\n",
                        "1: entry 'a' has no 'number'; the role 'open' needs one"),
                wrong(
                        "entry a\n role replace\n method C.f(II)V\n number arg0\n",
                        "1: entry 'a' has no 'source'; the role 'replace' needs one"),
                wrong(
                        "entry a\n role count\n method C.close()V\n",
                        "1: entry 'a' has no 'flag'; the role 'count' needs one"),
                wrong(
                        "entry a\n role adopt\n method C.f(I)V\n number arg0\n",
                        "1: entry 'a' has no owner; the role 'adopt' needs 'owner PLACE'"),
                wrong(
                        "entry a\n role adopt\n method C.f(I)V\n number arg0\n owner none\n",
                        "1: entry 'a' has no owner; the role 'adopt' needs 'owner PLACE'"),
                // places against targets
                wrong(
                        close + " method C.f()V\n",
                        "3: 'number arg0' is beyond method C.f()V, which has 0 arguments; accepted: no argN"),
                wrong(
                        "entry a\n role close\n number arg2\n method C.f(IJ)V\n",
                        "3: 'number arg2' is beyond method C.f(IJ)V, which has 2 arguments; accepted: arg0 to arg1"),
                wrong(
                        close + " method C.f(Z)V\n",
                        "3: 'number arg0' is of the type Z in method C.f(Z)V; accepted: int, long or"
                                + " java.io.FileDescriptor"),
                wrong(
                        open + " method C.f()Ljava/lang/String;\n",
                        "3: 'number return' is of the type Ljava/lang/String; in method C.f()Ljava/lang/String;;"
                                + " accepted: int, long or java.io.FileDescriptor"),
                wrong(open + " method C.f()V\n", "3: 'number return', but method C.f()V returns nothing"),
                wrong(
                        "entry a\n role open\n number return.hi return.lo\n method C.f()I\n",
                        "3: 'number return.hi' is of the type I in method C.f()I; accepted: a long (J)"),
                wrong(
                        "entry a\n role open\n number arg0[]\n method C.f([J)V\n",
                        "3: 'number arg0[]' is of the type [J in method C.f([J)V; accepted: an int[]"),
                wrong(
                        "entry a\n role close\n number this\n method C.f(I)V\n",
                        "3: 'number this' is of the type LC; in method C.f(I)V; accepted: int, long or"
                                + " java.io.FileDescriptor"),
                wrong(
                        "entry a\n role close\n number this.fd:S\n method C.f(I)V\n",
                        "3: 'number this.fd:S' is of the type S in method C.f(I)V; accepted: int, long or"
                                + " java.io.FileDescriptor"),
                wrong(
                        "entry a\n role close\n number caller\n call C.f(I)V in D\n",
                        "3: 'number caller': the caller is an object, not a number"),
                wrong(
                        "entry a\n role close\n number this.fd:I\n call C.f(I)V in D\n",
                        "3: 'number this.fd:I' is only for a method target, but there is call C.f(I)V in D"),
                wrong(
                        close + " owner caller\n method C.f(I)V\n",
                        "4: 'owner caller' is only for a call target, but there is method C.f(I)V"),
                wrong(
                        close + " owner this\n function close in c\n",
                        "4: 'owner this' is only for a method target, but there is function close in c"),
                wrong(
                        close + " owner arg1\n function close in c\n",
                        "4: 'owner arg1' with a function: its values are plain; accepted: owner none"),
                wrong(
                        close + " owner arg0\n method C.f(I)V\n",
                        "4: 'owner arg0' is of the type I in method C.f(I)V; accepted: an object"),
                wrong(
                        open + " closer arg0\n method C.f(I)I\n",
                        "4: 'closer arg0' is of the type I in method C.f(I)I; accepted: an object"),
                wrong(
                        "entry a\n role close\n number return\n method C.f(I)I\n",
                        "3: 'number return' is known only after the call, but the role 'close' is judged before it;"
                                + " accepted: argN, this, this.FIELD:DESCRIPTOR"),
                wrong(
                        close + " owner this\n method C.<init>(I)V\n",
                        "4: 'owner this' does not exist yet where method C.<init>(I)V is entered"),
                wrong(
                        "entry a\n role count\n method C.close()V\n flag this.closed:I\n",
                        "4: 'flag this.closed:I' is of the type I in method C.close()V; accepted: a boolean (Z)"),
                wrong(
                        open + " when positive\n method C.f()" + FD + "\n",
                        "4: 'when positive', but method C.f()" + FD + " returns " + FD + "; accepted: int or long"),
                wrong(
                        close + " when positive\n method C.f(I)I\n",
                        "4: 'when positive' means nothing for the role 'close'; accepted: argN = VALUE"),
                wrong(
                        close + " when arg0 = 3\n method C.f(I)I\n",
                        "4: 'when arg0 = 3' is only for a function target, but there is method C.f(I)I"),
                wrong(
                        close + " fails EBADF\n method C.f(I)I\n",
                        "4: 'fails EBADF' is only for a function target, but there is method C.f(I)I;"
                                + " accepted: exception, -1, <0, 0, !0, unseen"),
                wrong(
                        "entry a\n role use\n function f in libc\n number arg0\n fails <0\n",
                        "5: 'fails <0' does not tell whether a function was refused for EBADF; accepted: EBADF where it"
                                + " returns -1 and sets errno, !0 where it returns the error's number"),
                wrong(
                        "entry a\n role close\n number arg0..arg1\n method C.f(II)I\n",
                        "3: 'number arg0..arg1' is only for a function target, but there is method C.f(II)I"),
                wrong(
                        "entry a\n role use\n number arg0..arg1\n function f in libc\n",
                        "3: 'number arg0..arg1': a range is only for the role 'close', and alone"),
                wrong(
                        "entry a\n role close\n number *arg0\n function f in libc\n",
                        "3: 'number *arg0' is known only after the call, but the role 'close' is judged before it;"
                                + " accepted: argN, this, this.FIELD:DESCRIPTOR"),
                wrong(
                        close + " fails -1\n method C.f(I)V\n",
                        "4: 'fails -1', but method C.f(I)V returns V; accepted: int, long or boolean, or"
                                + " 'fails exception'"),
                wrong(
                        close + " method C.f(I)V\n method C.g(" + FD + ")V\n",
                        "3: 'arg0' is a FileDescriptor in some targets and a plain number in others; accepted: one of"
                                + " both, or an explicit 'owner'"),
                // references
                wrong(
                        close + " method C.f(I)V\nentry o\n role open\n number return\n method C.g()I\n closed-by b\n",
                        "9: 'closed-by' names the unknown entry 'b'; accepted: a; did you mean 'a'?"),
                wrong(
                        open + " method C.g()I\n closed-by a\n",
                        "5: 'closed-by' names 'a', whose role is 'open'; accepted: entries with the role close, release"
                                + " or replace"));
    }

    private static Arguments wrong(String text, String message) {
        return Arguments.of(text, message);
    }

    private static Entry only(String text) {
        return parse(text).entries().get(0);
    }

    private static Catalog parse(String text) {
        return new CatalogParser().read("f", text).catalog();
    }

    private static List<String> ids(Catalog catalog) {
        return catalog.entries().stream().map(Entry::id).collect(Collectors.toList());
    }

    @Test
    void anEntryHasNoMoreTargetsThanHooksCanBeToldApart() {
        StringBuilder text = new StringBuilder("entry a\n role close\n number arg0\n owner none\n");
        for (int i = 0; i < 100; i++) {
            text.append(" function f").append(i).append(" in libc\n");
        }
        assertEquals(100, only(text.toString()).targets().size());
        text.append(" function g in libc\n");
        CatalogException refused = assertThrows(CatalogException.class, () -> only(text.toString()));
        assertTrue(refused.getMessage().contains("105: more than 100 targets"), refused.getMessage());
    }
}
