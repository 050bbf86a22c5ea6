package org.skerry.fhir.bundle;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.rest.Resources;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;

/**
 * One entry of a batch or a transaction.
 *
 * @param index its place in the bundle
 * @param path of its request below the server's base: one or more segments
 * @param query of its request, without the question mark
 * @param request the rest of its request, such as {@code ifMatch}
 */
record Entry(
    int index,
    Optional<String> fullUrl,
    Method method,
    String path,
    String query,
    Json request,
    Optional<byte[]> resource) {
  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
  private static final List<String> TEXTS =
      List.of("method", "url", "ifNoneMatch", "ifModifiedSince", "ifMatch", "ifNoneExist");

  /**
   * Reads an entry; its resource is not looked at.
   *
   * @throws OutcomeException 400 when a part of it has another shape: what is overlooked, such as
   *     an {@code ifMatch} that is a number, would have the rest mean something else
   */
  static Entry of(int index, byte[] json, String base) {
    if (json[0] != '{') {
      throw bad(index, "is no object");
    }
    Json entry = Json.object(json);
    checkTexts(index, "", entry, List.of("fullUrl"));
    checkObject(index, "request", entry);
    Json request =
        entry.child("request").orElseThrow(() -> bad(index, "has no request: say method and url"));
    checkTexts(index, ".request", request, TEXTS);
    String url = request.text("url").orElseThrow(() -> bad(index, "has no request.url"));
    Method method = method(index, request.text("method").orElse(""));
    if (method != Method.PATCH) { // whose body may be a list of operations
      checkObject(index, "resource", entry);
    }
    String relative = relative(url, base);
    int question = relative.indexOf('?');
    return new Entry(
        index,
        entry.text("fullUrl"),
        method,
        question < 0 ? relative : relative.substring(0, question),
        question < 0 ? "" : relative.substring(question + 1),
        request,
        entry.value("resource"));
  }

  private static void checkTexts(int index, String where, Json in, List<String> names) {
    for (String name : names) {
      if (in.value(name).isPresent() && in.text(name).isEmpty()) {
        throw OutcomeException.invalid(place(index) + where + "." + name + " is no text");
      }
    }
  }

  private static void checkObject(int index, String name, Json in) {
    if (in.value(name).isPresent() && in.child(name).isEmpty()) {
      throw OutcomeException.invalid(place(index) + "." + name + " is no object");
    }
  }

  private static String place(int index) {
    return "Bundle.entry[" + index + "]";
  }

  /** What is asked, below the server's base. */
  private static String relative(String url, String base) {
    if (url.startsWith(base)) {
      String behind = url.substring(base.length());
      if (behind.isEmpty() || behind.startsWith("?")) {
        return behind;
      }
      if (behind.startsWith("/")) {
        return behind.substring(1);
      }
    }
    return url;
  }

  private static Method method(int index, String name) {
    return switch (name) {
      case "GET", "HEAD" -> Method.GET;
      case "POST" -> Method.POST;
      case "PUT" -> Method.PUT;
      case "DELETE" -> Method.DELETE;
      case "PATCH" -> Method.PATCH;
      default ->
          throw bad(index, "has the method \"" + name + "\": GET, POST, PUT, PATCH or DELETE");
    };
  }

  /** A refusal that names the entry. */
  static OutcomeException bad(int index, String what) {
    return OutcomeException.invalid(place(index) + " " + what);
  }

  OutcomeException bad(String what) {
    return bad(index, what);
  }

  /** The path's segments, of which an empty path has none. */
  String[] segments() {
    if (ABSOLUTE.matcher(path).lookingAt()) {
      throw HttpProblem.badRequest(
          "bad_request",
          "Bundle.entry["
              + index
              + "] asks "
              + path
              + ", which is of another server: a bundle asks this one alone");
    }
    String bare = path.startsWith("/") ? path.substring(1) : path;
    return bare.isEmpty() ? new String[0] : bare.split("/");
  }

  Parameters parameters() {
    return Parameters.parse(query);
  }

  /** The version that must be current; {@link Resources#NONE} when none may be. */
  Optional<String> ifMatch() {
    return request
        .text("ifMatch")
        .map(tag -> tag.replace("W/", "").replace("\"", ""))
        .or(
            () ->
                request
                    .text("ifNoneMatch")
                    .filter(tag -> method == Method.PUT && tag.strip().equals("*"))
                    .map(tag -> Resources.NONE));
  }

  /** The base of the server at which it would be found, if its full URL is one of a server. */
  Optional<String> server(String type) {
    return fullUrl
        .filter(url -> url.startsWith("http") && url.contains("/" + type + "/"))
        .map(url -> url.substring(0, url.lastIndexOf("/" + type + "/")));
  }

  /** What resources of the same server call it. */
  Optional<String> literal(String type) {
    return server(type).map(base -> fullUrl.orElseThrow().substring(base.length() + 1));
  }
}
