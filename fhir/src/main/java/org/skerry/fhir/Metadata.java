package org.skerry.fhir;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.skerry.fhir.FhirInteraction.Scope;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.search.definition.Compartments;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;

/**
 * {@code GET /metadata}: what this server does, made of the routes that it has, so that it tells
 * the truth.
 */
final class Metadata implements Interaction {
  private static final String BULK = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";

  private final String version;

  /** When this node began to serve: the statement is the same since then. */
  private final Date began = new Date();

  Metadata(String version) {
    this.version = version;
  }

  @Override
  public void answer(Call call) throws IOException {
    call.answer(200, call.models().json(statement(call)), List.of());
  }

  private CapabilityStatement statement(Call call) {
    CapabilityStatement statement = new CapabilityStatement();
    statement.setStatus(PublicationStatus.ACTIVE).setDate(began).setPublisher("Skerry");
    statement.setKind(CapabilityStatementKind.INSTANCE).setFhirVersion(FHIRVersion._4_0_1);
    statement.getSoftware().setName("Skerry").setVersion(version);
    statement
        .getImplementation()
        .setDescription("Database " + call.database().name() + " of a Skerry node")
        .setUrl(call.base());
    statement.addFormat("application/fhir+json");
    statement.addFormat("application/fhir+xml");
    statement.addPatchFormat("application/json-patch+json");
    statement.addPatchFormat("application/fhir+json");
    statement.addPatchFormat("application/fhir+xml");
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(RestfulCapabilityMode.SERVER);
    for (FhirInteraction interaction : FhirInteraction.values()) {
      if (interaction.scope() == Scope.SYSTEM) {
        interaction
            .codes()
            .forEach(
                code -> rest.addInteraction().setCode(SystemRestfulInteraction.fromCode(code)));
      }
    }
    Map<String, List<String>> referring = referring();
    for (String type : call.models().shapes().types().stream().sorted().toList()) {
      describe(rest, type, referring.getOrDefault(type, List.of()));
    }
    describe(rest);
    operation(rest.addOperation(), "export", BULK + "export");
    return statement;
  }

  /** By type, the references of others that may be to such a resource, in order. */
  private static Map<String, List<String>> referring() {
    SearchParameters parameters = SearchParameters.r4();
    Map<String, List<String>> referring = new HashMap<>();
    for (String source : parameters.types().stream().sorted().toList()) {
      for (SearchParameter parameter : parameters.of(source)) {
        if (parameter.type() == ParameterType.REFERENCE && parameter.isIndexed()) {
          String name = source + ":" + parameter.code();
          parameter
              .targets()
              .forEach(to -> referring.computeIfAbsent(to, t -> new ArrayList<>()).add(name));
        }
      }
    }
    return referring;
  }

  private static void describe(
      CapabilityStatementRestComponent rest, String type, List<String> referring) {
    CapabilityStatementRestResourceComponent resource = rest.addResource();
    resource.setType(type);
    resource.setProfile("http://hl7.org/fhir/StructureDefinition/" + type);
    resource.setVersioning(ResourceVersionPolicy.VERSIONEDUPDATE);
    resource.setReadHistory(true);
    resource.setUpdateCreate(true);
    resource.setConditionalRead(ConditionalReadStatus.FULLSUPPORT);
    resource.setConditionalCreate(true);
    resource.setConditionalUpdate(true);
    resource.setConditionalDelete(ConditionalDeleteStatus.SINGLE);
    resource.addReferencePolicy(ReferenceHandlingPolicy.LITERAL);
    resource.addReferencePolicy(ReferenceHandlingPolicy.LOCAL);
    for (FhirInteraction interaction : FhirInteraction.values()) {
      if (interaction.scope() == Scope.TYPE) {
        interaction
            .codes()
            .forEach(
                code -> resource.addInteraction().setCode(TypeRestfulInteraction.fromCode(code)));
      }
    }
    for (SearchParameter parameter : SearchParameters.r4().of(type)) {
      if (parameter.isIndexed() || parameter.isTextual()) {
        resource
            .addSearchParam()
            .setName(parameter.code())
            .setDefinition(parameter.url())
            .setType(SearchParamType.fromCode(parameter.type().code()));
        if (parameter.type() == ParameterType.REFERENCE) {
          resource.addSearchInclude(type + ":" + parameter.code());
        }
      }
    }
    referring.forEach(resource::addSearchRevInclude);
    operation(
        resource.addOperation(),
        "validate",
        "http://hl7.org/fhir/OperationDefinition/Resource-validate");
    switch (type) {
      case "Patient" -> {
        operation(
            resource.addOperation(),
            "everything",
            "http://hl7.org/fhir/OperationDefinition/Patient-everything");
        operation(resource.addOperation(), "export", BULK + "patient-export");
      }
      case "Subscription" ->
          resource.setDocumentation(
              "rest-hook, to endpoints that an administrator allows; run by the node that took it");
      case "Group" -> operation(resource.addOperation(), "export", BULK + "group-export");
      default -> {}
    }
  }

  private static void operation(
      CapabilityStatementRestResourceOperationComponent operation, String name, String definition) {
    operation.setName(name).setDefinition(definition);
  }

  private static void describe(CapabilityStatementRestComponent rest) {
    rest.setDocumentation(
        "Search: _list and _query are refused. _text and _content look for words, with AND, OR,"
            + " NOT, brackets, \"phrases\" and beginnings*. _filter: all operators, each where R4"
            + " has it for the type of parameter, but co of numbers. Modifiers: all others may be"
            + " missing; strings exact, contains; tokens not, text, of-type, and, as far as the"
            + " database has the ValueSet or CodeSystem, in, not-in, below, above; references"
            + " identifier and types; uris below, above. Any other is refused. Quantities of UCUM"
            + " are converted.");
    rest.addSearchParam()
        .setName("_filter")
        .setType(SearchParamType.SPECIAL)
        .setDocumentation("http://hl7.org/fhir/R4/search_filter.html, for all types");
    for (String compartment : Compartments.NAMES) {
      rest.addCompartment(
          "http://hl7.org/fhir/CompartmentDefinition/" + compartment.toLowerCase(Locale.ROOT));
    }
  }
}
