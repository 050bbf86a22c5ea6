package org.skerry.fhir.search.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.collation.ValueReader;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import tools.jackson.databind.JsonNode;

/** What expressions find, compared with HAPI's FHIRPath. */
@Timeout(300)
class ExpressionsTest {
  private static final Path SAMPLES = Path.of("..", "demo", "fhir");
  private static final int SAMPLES_A_TYPE = 12;

  private final SearchParameters parameters = SearchParameters.r4();
  private final Extractors extractors = new Extractors(parameters);
  private final FhirContext context = FhirContext.forR4Cached();

  @Test
  void everyParameterOfEveryTypeIsRead() {
    List<String> nothing = new ArrayList<>();
    int read = 0;
    for (String type : parameters.types()) {
      for (TypeExtractor.Entry entry : extractors.of(type).entries()) {
        read++;
        if (entry.sources().isEmpty() || lacksAPart(entry)) {
          nothing.add(entry.parameter().toString());
        }
      }
    }
    assertThat(nothing).as("parameters that could find nothing").isEmpty();
    assertThat(read).isGreaterThan(2_500);
  }

  private static boolean lacksAPart(TypeExtractor.Entry entry) {
    return entry.sources().getFirst() instanceof CompositeTerms composite
        && composite.bases().stream()
            .anyMatch(base -> base.parts().stream().anyMatch(List::isEmpty));
  }

  @Test
  void findsWhatFhirPathFinds() {
    IFhirPath fhirPath = context.newFhirPath();
    fhirPath.setEvaluationContext(new Types());
    int compared = 0;
    for (JsonNode sample : samples()) {
      String type = sample.path("resourceType").asString();
      IBaseResource model = context.newJsonParser().parseResource(sample.toString());
      for (SearchParameter parameter : parameters.of(type)) {
        if (parameter.isIndexed() && parameter.type() != ParameterType.COMPOSITE) {
          compare(parameter, sample, fhirPath, model);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  private void compare(
      SearchParameter parameter, JsonNode sample, IFhirPath fhirPath, IBaseResource model) {
    if (parameter.expression().contains("exists()")) {
      return;
    }
    List<JsonNode> mine = new ArrayList<>();
    var root = context.getResourceDefinition(parameter.resourceType());
    PathReader.read(parameter.expression(), root, root)
        .forEach(path -> path.follow(sample, sample, mine::add));
    // Part by part, since a union has what is equal once, and compares quantities by their units.
    int theirs = 0;
    for (String part : parameter.expression().split("\\|")) {
      theirs += fhirPath.evaluate(model, part.strip(), IBase.class).size();
    }
    assertThat(mine).as("%s of %s", parameter, sample.path("id")).hasSize(theirs);
  }

  /** Says of a reference that it is one to a resource of its type. */
  private final class Types implements IFhirPathEvaluationContext {
    @Override
    public IBase resolveReference(IIdType id, IBase where) {
      return id.hasResourceType()
          ? context.getResourceDefinition(id.getResourceType()).newInstance()
          : null;
    }
  }

  private static List<JsonNode> samples() {
    Map<String, List<JsonNode>> byType = new LinkedHashMap<>();
    try (var files = Files.newDirectoryStream(SAMPLES, "*.json.gz")) {
      for (Path file : files) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          for (JsonNode entry : ValueReader.read(in.readAllBytes()).path("entry").values()) {
            JsonNode resource = entry.path("resource");
            List<JsonNode> some =
                byType.computeIfAbsent(
                    resource.path("resourceType").asString(), type -> new ArrayList<>());
            if (some.size() < SAMPLES_A_TYPE) {
              some.add(resource);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byType.values().stream().flatMap(List::stream).toList();
  }

  @Test
  void whatCannotBeReadIsTold() {
    var patient = context.getResourceDefinition("Patient");
    for (String bad :
        List.of(
            "Patient.name.first()",
            "Patient.nonsense",
            "(Patient.name",
            "Patient.name.where(use != 'x')")) {
      assertThatThrownBy(() -> PathReader.read(bad, patient, patient))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(PathReader.read("Observation.code", patient, patient))
        .as("of another type")
        .isEmpty();
  }

  @Test
  void arraysAndWrongShapesAreSurvived() {
    TypeExtractor extractor = extractors.of("Patient");
    for (String odd :
        List.of(
            "{'name':7,'birthDate':[1,2],'identifier':'x','telecom':[null,[],7]}",
            "{'name':[null,{'family':['a','b'],'given':'c'}],'active':'yes','deceasedBoolean':[]}",
            "{'contact':{'name':{}},'generalPractitioner':{'reference':{}},'meta':[]}")) {
      JsonNode json = ValueReader.read(odd.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
      int[] terms = {0};
      extractor.all(json, (parameter, found) -> terms[0] += found.size());
      assertThat(terms[0]).as(odd).isPositive();
    }
  }
}
