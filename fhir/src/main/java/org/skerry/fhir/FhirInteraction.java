package org.skerry.fhir;

import java.util.List;
import org.skerry.fhir.audit.Action;
import org.skerry.http.Method;

/**
 * What can be asked for below {@code /fhir/{db}}: a name for each route, at no cost until it is
 * used. The CapabilityStatement is made of what stands here.
 */
enum FhirInteraction {
  METADATA(Method.GET, "/metadata", Scope.NONE),
  READ(Method.GET, "/{type}/{id}", Scope.TYPE, "read"),
  VERSION_READ(Method.GET, "/{type}/{id}/_history/{version}", Scope.TYPE, "vread"),
  READ_DATA(Method.GET, "/{type}/{id}/$attachment/{data}", Scope.NONE),
  READ_VERSION_DATA(Method.GET, "/{type}/{id}/_history/{version}/$attachment/{data}", Scope.NONE),
  CREATE(Method.POST, "/{type}", Scope.TYPE, "create"),
  UPDATE(Method.PUT, "/{type}/{id}", Scope.TYPE, "update"),
  DELETE(Method.DELETE, "/{type}/{id}", Scope.TYPE, "delete"),
  SEARCH(Method.GET, "/{type}", Scope.TYPE, "search-type"),
  SEARCH_BY_FORM(Method.POST, "/{type}/_search", Scope.NONE),
  SYSTEM_SEARCH(Method.GET, "", Scope.SYSTEM, "search-system"),
  SYSTEM_SEARCH_BY_FORM(Method.POST, "/_search", Scope.NONE),
  COMPARTMENT_SEARCH(Method.GET, "/{type}/{id}/{member}", Scope.NONE),
  COMPARTMENT_SEARCH_BY_FORM(Method.POST, "/{type}/{id}/{member}/_search", Scope.NONE),
  EVERYTHING(Method.GET, "/{type}/{id}/$everything", Scope.NONE),
  CONDITIONAL_UPDATE(Method.PUT, "/{type}", Scope.NONE),
  CONDITIONAL_DELETE(Method.DELETE, "/{type}", Scope.NONE),
  PATCH(Method.PATCH, "/{type}/{id}", Scope.TYPE, "patch"),
  CONDITIONAL_PATCH(Method.PATCH, "/{type}", Scope.NONE),
  INSTANCE_HISTORY(Method.GET, "/{type}/{id}/_history", Scope.TYPE, "history-instance"),
  TYPE_HISTORY(Method.GET, "/{type}/_history", Scope.TYPE, "history-type"),
  SYSTEM_HISTORY(Method.GET, "/_history", Scope.SYSTEM, "history-system"),
  EXPORT(Method.GET, "/$export", Scope.NONE),
  EXPORT_BY_POST(Method.POST, "/$export", Scope.NONE),
  EXPORT_PATIENTS(Method.GET, "/{type}/$export", Scope.NONE),
  EXPORT_PATIENTS_BY_POST(Method.POST, "/{type}/$export", Scope.NONE),
  EXPORT_GROUP(Method.GET, "/{type}/{id}/$export", Scope.NONE),
  EXPORT_GROUP_BY_POST(Method.POST, "/{type}/{id}/$export", Scope.NONE),
  READ_EXPORT(Method.GET, "/$export-status/{job}", Scope.NONE),
  CANCEL_EXPORT(Method.DELETE, "/$export-status/{job}", Scope.NONE),
  READ_EXPORT_FILE(Method.GET, "/$export-files/{job}/{file}", Scope.NONE),
  VALIDATE(Method.POST, "/{type}/$validate", Scope.NONE),
  VALIDATE_INSTANCE(Method.GET, "/{type}/{id}/$validate", Scope.NONE),
  BUNDLE(Method.POST, "", Scope.SYSTEM, "transaction", "batch");

  /** Of what an interaction is one, in the CapabilityStatement. */
  enum Scope {
    /** Not named there. */
    NONE,
    TYPE,
    SYSTEM
  }

  private final Method method;
  private final String pattern;
  private final Scope scope;
  private final List<String> codes;

  FhirInteraction(Method method, String pattern, Scope scope, String... codes) {
    this.method = method;
    this.pattern = pattern;
    this.scope = scope;
    this.codes = List.of(codes);
  }

  Method method() {
    return method;
  }

  /** Below the database. */
  String pattern() {
    return pattern;
  }

  Scope scope() {
    return scope;
  }

  /** What somebody does who asks for it, for the audit. */
  Action action() {
    return switch (this) {
      case METADATA -> Action.NOTHING;
      case READ, READ_DATA, READ_VERSION_DATA -> Action.READ;
      case VERSION_READ -> Action.VERSION_READ;
      case CREATE -> Action.CREATE;
      case UPDATE, CONDITIONAL_UPDATE -> Action.UPDATE;
      case DELETE, CONDITIONAL_DELETE -> Action.DELETE;
      case PATCH, CONDITIONAL_PATCH -> Action.PATCH;
      case SEARCH, SEARCH_BY_FORM, SYSTEM_SEARCH, SYSTEM_SEARCH_BY_FORM -> Action.SEARCH;
      case COMPARTMENT_SEARCH, COMPARTMENT_SEARCH_BY_FORM -> Action.SEARCH;
      case INSTANCE_HISTORY, TYPE_HISTORY, SYSTEM_HISTORY -> Action.HISTORY;
      case EVERYTHING, VALIDATE, VALIDATE_INSTANCE -> Action.OPERATION;
      case EXPORT, EXPORT_PATIENTS, EXPORT_GROUP, READ_EXPORT, CANCEL_EXPORT -> Action.OPERATION;
      case EXPORT_BY_POST, EXPORT_PATIENTS_BY_POST, EXPORT_GROUP_BY_POST -> Action.OPERATION;
      case READ_EXPORT_FILE -> Action.OPERATION;
      case BUNDLE -> Action.BUNDLE;
    };
  }

  /** As the value set {@code restful-interaction} calls it. */
  List<String> codes() {
    return codes;
  }
}
