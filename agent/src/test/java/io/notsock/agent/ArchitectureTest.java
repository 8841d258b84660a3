package io.notsock.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import org.junit.jupiter.api.Test;

/** Who may know whom (docs/architecture.md). */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.notsock");

    /** What the application's threads run on every open and close. */
    private static final String[] HOT = {"io.notsock.track..", "io.notsock.registry..", "io.notsock.evidence.."};

    @Test
    void theCoreKnowsNeitherTheAgentNorItsTools() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.notsock.agent..", "io.notsock.os..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.notsock.agent..",
                        "io.notsock.os..",
                        "net.bytebuddy..",
                        "com.sun.jna..",
                        "ch.qos.logback..",
                        "java.lang.instrument.."))
                .check(ALL);
    }

    @Test
    void theBridgeToTheOsKnowsTheCoreOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.notsock.os..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.notsock.agent.."))
                .check(ALL);
    }

    @Test
    void verdictsArePure() {
        noClasses()
                .that()
                .resideInAPackage("io.notsock.verdict..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent.."))
                .check(ALL);
    }

    /** The words of an alert, but not how it is made, kept or written. */
    @Test
    void trackingKnowsOnlyTheWordsOfAlerts() {
        noClasses()
                .that()
                .resideInAnyPackage("io.notsock.track..", "io.notsock.registry..", "io.notsock.verdict..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.notsock.report..", "io.notsock.pipeline..")
                        .or(resideInAPackage("io.notsock.alert..")
                                .and(not(belongToAnyOf(AlertKind.class, Confidence.class, Culprit.class, Level.class)))
                                .and(not(com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName("Frames")))))
                .check(ALL);
    }

    @Test
    void theEntryPointsKnowNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.notsock.agent.boot..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.notsock..").and(not(resideInAPackage("io.notsock.agent.boot.."))))
                .check(ALL);
    }

    @Test
    void onlyTheWeaverWritesClassFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.notsock.agent.weave..")
                .should()
                .dependOnClassesThat(resideInAPackage("net.bytebuddy.."))
                .check(ALL);
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("net.bytebuddy..").and(not(resideInAPackage("net.bytebuddy.jar.asm.."))))
                .because("the packaged agent holds nothing of Byte Buddy but its ASM")
                .check(ALL);
    }

    @Test
    void onlyTheLogKnowsLogback() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.notsock.agent.log..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("ch.qos.logback..", "org.slf4j.."))
                .check(ALL);
    }

    @Test
    void nobodyWakesTheLoggingOrManagementOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "java.lang.management.."))
                .because("to initialise them early breaks applications (JBoss), and small runtime images lack them")
                .check(ALL);
    }

    /** Their classes are loaded once the JVM has initialised what they join: by then it has them. */
    @Test
    void onlyWhatJoinsThemKnowsJmxAndFlightRecorder() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.notsock.agent.jmx..")
                .should()
                .dependOnClassesThat(resideInAPackage("javax.management.."))
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.notsock.agent.jfr..")
                .should()
                .dependOnClassesThat(resideInAPackage("jdk.jfr.."))
                .check(ALL);
    }

    /** The default time zone is fixed by the first who asks; that has to be the application. */
    @Test
    void nobodyAsksForTheDefaultTimeZone() {
        noClasses().should().callMethod(java.time.ZoneId.class, "systemDefault").check(ALL);
        noClasses().should().callMethod(java.util.TimeZone.class, "getDefault").check(ALL);
    }

    /** One synchronized block is left, in SlotTable: once in the life of a table. */
    @Test
    void theHotPathHasNoLocks() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(HOT)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage(HOT)
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent.locks.."))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(ThreadLocal.class))
                .because("a ThreadLocal hangs a map on every virtual thread")
                .check(ALL);
    }
}
