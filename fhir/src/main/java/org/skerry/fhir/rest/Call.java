package org.skerry.fhir.rest;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.audit.Trail;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.outcome.OutcomeText;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.search.SearchIndex;
import org.skerry.fhir.search.SearchIndexes;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.Method;
import org.skerry.http.couch.AccessControl;

/**
 * A request for one database, and its answer. Used by the one thread that handles it.
 *
 * @param models HAPI's, for what cannot be done with bytes
 * @param resources of the database, in the name of the sender
 * @param searches the node's search indexes
 * @param trail what is done, for the audit
 * @param alone whether it is a request by itself, and no entry of a bundle
 */
public record Call(
    Exchange exchange,
    Database database,
    Models models,
    Resources resources,
    SearchIndexes searches,
    Trail trail,
    boolean alone) {
  /** The call of a request whose sender may use the database. */
  public static Call of(
      Exchange exchange,
      Database database,
      Limits limits,
      Models models,
      SearchIndexes searches,
      Trail trail) {
    Resources resources =
        new Resources(database, AccessControl.author(exchange), limits, models.shapes(), trail);
    return new Call(exchange, database, models, resources, searches, trail, true);
  }

  /** The call of an entry of a bundle, which goes through this one. */
  public Call entry(Exchange inner) {
    return new Call(inner, database, models, resources, searches, trail, false);
  }

  /**
   * The type in the path.
   *
   * @throws OutcomeException 404 when R4 has no such type
   */
  public String type() {
    String type = exchange.variable("type");
    if (!models.shapes().types().contains(type)) {
      throw OutcomeException.notSupported(
          404, "\"" + type + "\" is no resource type of R4, and no operation of this server");
    }
    return type;
  }

  /**
   * The resource in the path.
   *
   * @throws OutcomeException 404 or 400 when there cannot be one of that name
   */
  public ResourceId resourceId() {
    String type = type();
    String id = exchange.variable("id");
    if (!ResourceId.isId(id)) {
      throw OutcomeException.of(
          exchange.method() == org.skerry.http.Method.GET ? 404 : 400,
          "value",
          "\"" + id + "\" is no id of a resource: 1 to 64 letters, digits, hyphens and dots");
    }
    return new ResourceId(type, id);
  }

  /** The database's search index. */
  public SearchIndex search() {
    return searches.of(database);
  }

  /** The query's parameters. */
  public Parameters parameters() {
    return Parameters.parse(exchange.rawQuery());
  }

  /** Where this server is reached, without a slash at the end. */
  public String base() {
    return exchange.baseUrl()
        + "/fhir/"
        + URLEncoder.encode(database.name(), StandardCharsets.UTF_8);
  }

  /**
   * A resource of a type that was sent, without its large data, which stream into the store. Close
   * it when it is written or refused.
   *
   * @throws OutcomeException 415 or 400 when it is none
   */
  public Detached readResource(String type) throws IOException {
    if (!Detached.concerns(type) || !Formats.saysJson(exchange)) {
      return resources.detach(readJson(), type);
    }
    int most = resources.limits().documents().get().maxBodyBytes();
    Detached sent = Detached.read(exchange.body(), type, resources.intake(), most);
    if (sent.json().length == 0) {
      throw nothingSent();
    }
    return sent;
  }

  private static OutcomeException nothingSent() {
    return OutcomeException.invalid("The request has no body: send a resource");
  }

  /**
   * The resource that was sent, as JSON.
   *
   * @throws OutcomeException 415 or 400 when it is none
   */
  public byte[] readJson() throws IOException {
    byte[] body = exchange.readBody();
    if (body.length == 0) {
      throw nothingSent();
    }
    return Formats.sent(exchange, body) == Format.XML ? models.json(body) : body;
  }

  /** Answers with a resource, in the format that the client wants. */
  public void answer(int status, byte[] json, List<AnswerHead.Header> headers) throws IOException {
    Format format = Formats.wanted(exchange);
    answer(status, format, text(format, json), headers);
  }

  /** Answers with a bundle made of what is kept, which no resource in it keeps back. */
  public void answerBundle(byte[] json) throws IOException {
    Format format = Formats.wanted(exchange);
    byte[] text = format == Format.XML ? BundleInXml.of(models, json) : text(format, json);
    answer(200, format, text, List.of());
  }

  private void answer(int status, Format format, byte[] text, List<AnswerHead.Header> headers)
      throws IOException {
    Answer answer = new Answer(AnswerHead.of(status, format.contentType()), text);
    for (AnswerHead.Header header : headers) {
      answer = answer.with(header.name(), header.value());
    }
    exchange.answer(answer);
  }

  /** A resource in a format, spread for people if they ask for it. */
  byte[] text(Format format, byte[] json) {
    return switch (format) {
      case XML -> models.xml(json);
      case JSON -> exchange.query().flag("_pretty") ? Pretty.of(json) : json;
    };
  }

  /** Answers with nothing but headers. */
  public void answer(int status, List<AnswerHead.Header> headers) throws IOException {
    Answer answer = Answer.empty(status);
    for (AnswerHead.Header header : headers) {
      answer = answer.with(header.name(), header.value());
    }
    exchange.answer(answer);
  }

  /** Answers with an OperationOutcome. */
  public void outcome(int status, List<Issue> issues, List<AnswerHead.Header> headers)
      throws IOException {
    exchange.answer(outcome(exchange, status, issues, headers));
  }

  /** An OperationOutcome for whoever asked, also when nothing else can be said of the request. */
  public static Answer outcome(
      Exchange exchange, int status, List<Issue> issues, List<AnswerHead.Header> headers) {
    Format format = Formats.orJson(exchange);
    byte[] body = format == Format.XML ? OutcomeText.xml(issues) : OutcomeText.json(issues);
    Answer answer = new Answer(AnswerHead.of(status, format.contentType()), body);
    for (AnswerHead.Header header : headers) {
      answer = answer.with(header.name(), header.value());
    }
    return answer;
  }

  /**
   * The version that the client wants to change, if it names one ({@code If-Match}); {@link
   * Resources#NONE} when it wants to change none ({@code PUT} with {@code If-None-Match: *}).
   */
  public Optional<String> ifMatch() {
    return exchange
        .header("If-Match")
        .map(Tags::version)
        .or(
            () ->
                exchange
                    .header("If-None-Match")
                    .filter(tag -> exchange.method() == Method.PUT && tag.strip().equals("*"))
                    .map(tag -> Resources.NONE));
  }
}
