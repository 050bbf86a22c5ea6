package org.skerry.fhir.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.fhir.export.ExportJob.Wish;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.rest.Parameters.Parameter;
import org.skerry.fhir.rest.Preference;
import org.skerry.http.AnswerHead.Header;
import org.skerry.http.Method;
import org.skerry.store.StoredDocument;
import org.skerry.store.subset.SubsetDocuments;

/**
 * {@code GET} and {@code POST} of {@code /$export}, {@code /Patient/$export} and {@code
 * /Group/{id}/$export}: begins an export, and says where it can be watched.
 */
public final class StartExport implements Interaction {
  private static final Set<String> FORMATS =
      Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

  private final Optional<Exports> exports;
  private final Level level;

  private enum Level {
    SYSTEM,
    TYPE,
    INSTANCE
  }

  private StartExport(Optional<Exports> exports, Level level) {
    this.exports = exports;
    this.level = level;
  }

  /** Of everything. */
  public static StartExport ofSystem(Optional<Exports> exports) {
    return new StartExport(exports, Level.SYSTEM);
  }

  /** Of all patients. */
  public static StartExport ofPatients(Optional<Exports> exports) {
    return new StartExport(exports, Level.TYPE);
  }

  /** Of a group of patients. */
  public static StartExport ofGroup(Optional<Exports> exports) {
    return new StartExport(exports, Level.INSTANCE);
  }

  @Override
  public void answer(Call call) throws IOException {
    Exports here =
        exports.orElseThrow(
            () -> OutcomeException.notSupported(501, "This server has no disk for exports"));
    Optional<String> group = group(call);
    if (Preference.value(call.exchange(), "respond-async").isEmpty()) {
      throw OutcomeException.of(
          400, "required", "An export takes its time: send the header Prefer: respond-async");
    }
    Wish wish = wish(call, parameters(call), group);
    ExportJob job =
        here.begin(wish)
            .orElseThrow(
                () ->
                    new OutcomeException(
                        429,
                        List.of(
                            Issue.error(
                                "throttled",
                                "There are too many exports already: delete one that is done")),
                        List.of(new Header("Retry-After", "600"))));
    String status = call.base() + "/$export-status/" + job.id();
    call.outcome(
        202,
        List.of(Issue.information("The export has begun: " + status + " tells how it stands")),
        List.of(new Header("Content-Location", status)));
  }

  /** The version of the Group in the path. */
  private Optional<String> group(Call call) {
    if (level == Level.TYPE && !call.type().equals("Patient")) {
      throw OutcomeException.notSupported(
          404, "$export is there for the system, for Patient, and for each Group");
    }
    if (level != Level.INSTANCE) {
      return Optional.empty();
    }
    ResourceId id = call.resourceId();
    if (!id.type().equals("Group")) {
      throw OutcomeException.notSupported(404, "Of single resources, only a Group has an $export");
    }
    StoredDocument group =
        call.resources()
            .find(id)
            .filter(document -> !document.deleted())
            .orElseThrow(() -> OutcomeException.of(404, "not-found", id + " is not known here"));
    return Optional.of(id + "/" + group.winner().rev());
  }

  private static Parameters parameters(Call call) throws IOException {
    Parameters query = call.parameters();
    if (call.exchange().method() != Method.POST) {
      return query;
    }
    byte[] body = call.exchange().readBody();
    return body.length == 0
        ? query
        : query.with(
            OperationParameters.of(new String(body, StandardCharsets.UTF_8), call.models()));
  }

  private Wish wish(Call call, Parameters parameters, Optional<String> group) {
    boolean lenient =
        Preference.value(call.exchange(), "handling").filter("lenient"::equals).isPresent();
    Set<String> types = new TreeSet<>();
    Optional<Instant> since = Optional.empty();
    for (Parameter one : parameters.list()) {
      switch (one.name()) {
        case "_outputFormat" -> checkFormat(one.value());
        case "_since" -> since = Optional.of(instant(one.value()));
        case "_type" -> types.addAll(types(call, one.value()));
        case "_format", "_pretty" -> {}
        default -> {
          if (!lenient) {
            throw OutcomeException.notSupported(
                400,
                "$export has no parameter "
                    + one.name()
                    + " here: only _type, _since and _outputFormat;"
                    + " Prefer: handling=lenient leaves it out");
          }
        }
      }
    }
    Optional<Long> behind = since.flatMap(at -> ExportTimes.position(call.database(), at));
    String query = call.exchange().rawQuery();
    return new Wish(
        call.database().name(),
        Exports.life(call.database()),
        call.database().subset().map(SubsetDocuments::site),
        call.exchange().user().name(),
        call.exchange().baseUrl()
            + call.exchange().rawPath()
            + (query.isEmpty() ? "" : "?" + query),
        level != Level.SYSTEM,
        group,
        types,
        since,
        behind);
  }

  private static void checkFormat(String format) {
    // A plus sign that was not encoded arrives as a blank.
    if (!FORMATS.contains(format.strip().replace(' ', '+'))) {
      throw OutcomeException.notSupported(
          400, "_outputFormat is application/fhir+ndjson, and not " + format);
    }
  }

  private static List<String> types(Call call, String list) {
    List<String> types = List.of(list.split(",")).stream().map(String::strip).toList();
    for (String type : types) {
      if (!call.models().shapes().types().contains(type)) {
        throw OutcomeException.invalid("_type: R4 has no resource type \"" + type + "\"");
      }
    }
    return types;
  }

  private static Instant instant(String text) {
    try {
      String whole = text.replace(' ', '+');
      return whole.length() == 10
          ? LocalDate.parse(whole).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(whole).toInstant();
    } catch (DateTimeException e) {
      throw OutcomeException.invalid("_since=" + text + ": expected an instant");
    }
  }
}
