package org.skerry.fhir.subscription;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.skerry.fhir.attached.Inline;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.Tokens;
import org.skerry.fhir.rest.Models;
import org.skerry.store.AttachmentStore;

/**
 * Sends what a subscription has to tell: an empty POST to its endpoint, or, when a payload is
 * wanted, the resource by PUT below it. Redirections are not followed: they would lead elsewhere
 * than an administrator allows.
 */
final class Hook {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final Models models;

  Hook(Models models) {
    this.models = models;
  }

  /**
   * Sends.
   *
   * @return what went wrong; nothing when it was received
   * @throws OutcomeException when the resource cannot be said in the format of the payload
   */
  Optional<String> send(Definition definition, ResourceText resource, AttachmentStore store)
      throws InterruptedException {
    HttpRequest.Builder request = request(definition, resource, store).timeout(ANSWER);
    definition.headers().forEach(header -> request.header(header.name(), header.value()));
    try {
      HttpResponse<Void> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding());
      int status = answer.statusCode();
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of("the endpoint answers with " + status);
    } catch (IOException e) {
      return Optional.of("nobody answers: " + e.getClass().getSimpleName() + " " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return Optional.of("it cannot be sent: " + e.getMessage());
    }
  }

  private HttpRequest.Builder request(
      Definition definition, ResourceText resource, AttachmentStore store) {
    if (definition.payload().isEmpty()) {
      return HttpRequest.newBuilder(definition.endpoint()).POST(BodyPublishers.noBody());
    }
    String base = definition.endpoint().toString();
    URI url = URI.create((base.endsWith("/") ? base : base + "/") + resource.id());
    Tokens tokens = resource.tokens();
    byte[] text = definition.isXml() ? models.xml(tokens.json()) : tokens.json();
    Inline whole = Inline.of(tokens, text, resource);
    return HttpRequest.newBuilder(url)
        .PUT(
            BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> whole.open(store)), whole.length()))
        .header("Content-Type", definition.payload().get() + ";charset=UTF-8");
  }
}
