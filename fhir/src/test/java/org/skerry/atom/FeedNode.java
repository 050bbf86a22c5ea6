package org.skerry.atom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.skerry.database.Databases;
import org.skerry.http.Authenticator;
import org.skerry.http.Caller;
import org.skerry.http.HttpPolicy;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.PatternRouter;
import org.skerry.http.Router.Route;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.store.Store;
import org.skerry.store.ordered.OrderedStore;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A node with feeds behind a real server. Whoever sends the header {@code Test-User} is that user;
 * "admin" administers the server.
 */
final class FeedNode implements AutoCloseable {
  static final String ADMIN = "admin";
  static final String NOBODY = "";

  private final Databases databases;
  private final Feeds feeds;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  FeedNode(Store store, OrderedStore derived) throws IOException {
    this(store, derived, 0);
  }

  FeedNode(Store store, OrderedStore derived, int port) throws IOException {
    databases = new Databases(store);
    feeds = new Feeds(databases, derived, InstantSource.system());
    List<Route> routes =
        new ArrayList<>(new CouchApi(databases, CouchSettings.ofVersion("0.1")).routes());
    routes.addAll(
        FeedRoutes.of(
            feeds,
            (user, database) ->
                database.security().isMember(user.name().orElse(""), user.roles())));
    HttpSettings settings = HttpSettings.defaults().at("127.0.0.1", port);
    server =
        HttpServer.start(settings, policy(settings), new PatternRouter(routes), FeedNode::signIn);
  }

  private static HttpPolicy policy(HttpSettings settings) {
    HttpPolicy fixed = HttpPolicy.fixed(settings);
    return new HttpPolicy() {
      @Override
      public HttpSettings.Limits limits() {
        return fixed.limits();
      }

      @Override
      public Set<String> corsOrigins() {
        return fixed.corsOrigins();
      }

      @Override
      public boolean admitsStrangers(String method, List<String> segments) {
        return FeedRoutes.isFeed(method, segments);
      }
    };
  }

  private static Optional<Authenticator.SignedIn> signIn(Caller caller) {
    return caller
        .header("Test-User")
        .map(
            name ->
                new Authenticator.SignedIn(
                    new UserContext(
                        Optional.of(name),
                        name.equals(ADMIN) ? Set.of("_admin") : Set.of(),
                        Optional.of("test")),
                    List.of()));
  }

  Databases databases() {
    return databases;
  }

  String url() {
    return server.baseUrl();
  }

  int port() {
    return server.port();
  }

  URI feed(String category) {
    return URI.create(url() + "/ws/atomfeed/" + category + "/recent");
  }

  HttpResponse<String> get(String user, String path, String... headers) {
    return send(user, "GET", path, "", headers);
  }

  HttpResponse<String> send(
      String user, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url()).resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!user.isEmpty()) {
      request.header("Test-User", user);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends as the administrator what must succeed. */
  String expect(String method, String path, String body) {
    HttpResponse<String> answer = send(ADMIN, method, path, body);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }

  /** Makes a database, and the database of feeds when there is none. */
  void create(String name) {
    send(ADMIN, "PUT", "/_feeds", "");
    expect("PUT", "/" + name, "");
  }

  /** Writes new documents. */
  void write(String database, List<String> documents) {
    expect(
        "POST", "/" + database + "/_bulk_docs", "{\"docs\":[" + String.join(",", documents) + "]}");
  }

  static Document xml(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("no XML: " + text, e);
    }
  }

  /** Where the feed's link of that kind leads; nothing when there is none. */
  static Optional<String> link(Document feed, String rel) {
    return elements(feed.getDocumentElement(), "link").stream()
        .filter(link -> link.getAttribute("rel").equals(rel))
        .map(link -> link.getAttribute("href"))
        .findFirst();
  }

  static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS("http://www.w3.org/2005/Atom", name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  /** The texts of the entries of a page, in their order. */
  static List<String> entries(Document feed) {
    return elements(feed.getDocumentElement(), "entry").stream()
        .map(entry -> entry.getTextContent().strip())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    feeds.close();
  }
}
