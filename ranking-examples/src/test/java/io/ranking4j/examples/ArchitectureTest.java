package io.ranking4j.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** What the modules may know of one another, and what no class may do. */
@AnalyzeClasses(packages = "io.ranking4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.ranking4j";

  @ArchTest
  static void modules_import_downward_only(JavaClasses all) {
    ArchRule rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy(
                ROOT + ".error..",
                ROOT + ".schema..",
                ROOT + ".task..",
                ROOT + ".dataset..",
                ROOT + ".ranking..",
                ROOT + ".spi..",
                ROOT + ".io..")
            .layer("evaluation")
            .definedBy(ROOT + ".evaluation..")
            .layer("report")
            .definedBy(ROOT + ".report..")
            .layer("calibration")
            .definedBy(ROOT + ".calibration..")
            .layer("fusion")
            .definedBy(ROOT + ".fusion..")
            .layer("data")
            .definedBy(ROOT + ".data..")
            .layer("runtime")
            .definedBy(ROOT + ".runtime..")
            .layer("nn")
            .definedBy(ROOT + ".nn..")
            .optionalLayer("onnx")
            .definedBy(ROOT + ".onnx..")
            .layer("micrometer")
            .definedBy(ROOT + ".micrometer..")
            .layer("examples")
            .definedBy(ROOT + ".examples..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("api")
            .whereLayer("report")
            .mayOnlyAccessLayers("api", "evaluation")
            .whereLayer("calibration")
            .mayOnlyAccessLayers("api")
            .whereLayer("fusion")
            .mayOnlyAccessLayers("api", "evaluation")
            .whereLayer("data")
            .mayOnlyAccessLayers("api")
            .whereLayer("runtime")
            .mayOnlyAccessLayers("api")
            .whereLayer("nn")
            .mayOnlyAccessLayers("api", "runtime", "evaluation", "calibration")
            .whereLayer("onnx")
            .mayOnlyAccessLayers("api", "runtime")
            .whereLayer("micrometer")
            .mayOnlyAccessLayers("api", "runtime")
            .whereLayer("examples")
            .mayNotBeAccessedByAnyLayer();
    rule.check(all);
  }

  @ArchTest
  static void packages_have_no_cycles(JavaClasses all) {
    ArchRule rule = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();
    rule.check(all);
  }

  @ArchTest
  static void training_libraries_stay_in_their_module(JavaClasses all) {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".nn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.datavec..");
    rule.check(all);
  }

  @ArchTest
  static void json_library_is_in_no_public_signature(JavaClasses all) {
    ArchRule rule =
        classes()
            .that()
            .arePublic()
            .should(
                new ArchCondition<>("not show com.fasterxml in public signatures") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    type.getMembers().stream()
                        .filter(ArchitectureTest::isSeen)
                        .forEach(
                            member -> {
                              for (JavaClass shown : shownBy(member)) {
                                if (shown.getPackageName().startsWith("com.fasterxml")) {
                                  events.add(
                                      SimpleConditionEvent.violated(
                                          member, member.getFullName() + " shows " + shown));
                                }
                              }
                            });
                  }
                });
    rule.check(all);
  }

  @ArchTest
  static void nothing_is_serialized_by_java(JavaClasses all) {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
            .orShould(
                ArchCondition.from(
                    DescribedPredicate.describe(
                        "implement Serializable themselves",
                        (JavaClass type) ->
                            type.getRawInterfaces().stream()
                                .anyMatch(i -> i.isEquivalentTo(Serializable.class)))));
    rule.check(all);
  }

  @ArchTest
  static void only_examples_write_to_standard_output(JavaClasses all) {
    ArchRule rule =
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Output.class.getName())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
    rule.check(all);
  }

  @ArchTest
  static void every_package_is_null_marked(JavaClasses all) {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : all) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).as("packages without @NullMarked in a package-info").isEmpty();
  }

  @ArchTest
  static void every_module_is_looked_at(JavaClasses all) {
    assertThat(all.stream().map(JavaClass::getPackageName))
        .contains(
            ROOT + ".task",
            ROOT + ".evaluation",
            ROOT + ".report",
            ROOT + ".calibration",
            ROOT + ".fusion",
            ROOT + ".data",
            ROOT + ".runtime",
            ROOT + ".nn.training",
            ROOT + ".micrometer",
            ROOT + ".examples");
  }

  private static boolean isSeen(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Set<JavaClass> shownBy(JavaMember member) {
    Set<JavaClass> shown = new LinkedHashSet<>();
    if (member instanceof JavaField field) {
      shown.addAll(field.getType().getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit unit) {
      shown.addAll(unit.getReturnType().getAllInvolvedRawTypes());
      unit.getParameterTypes().forEach(type -> shown.addAll(type.getAllInvolvedRawTypes()));
    }
    return shown;
  }
}
