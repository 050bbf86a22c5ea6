package org.skerry.http;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 whose paths are the kernel's to read, also those that Jetty refuses, whatever its
 * compliance: the id of a document may hold U+0000 as any other character, and comes with a
 * replication as {@code %00}; an id may be {@code ..}, and two of them lead above the root; and of
 * a {@code %} without its digits clients are told in the words of the API that they asked.
 *
 * <p>Jetty (HttpURI) lets control characters pass, which no client can send: its parser takes none
 * in a request line. So they stand for those characters between the parser and {@link #path}.
 */
final class PathsAsSent extends HttpConnectionFactory {
  private static final String NUL = "%00";
  private static final String FOR_NUL = "\0";
  private static final char FOR_PERCENT = '\1';
  private static final char FOR_DOT = '\2';

  /** A percent sign that begins no escape. */
  private static final Pattern STRAY = Pattern.compile("%(?!\\p{XDigit}{2})");

  /** Where a segment of two dots begins. */
  private static final Pattern DOTS =
      Pattern.compile("(?<=/)(?:(\\.)|%(?=2[eE]))(?=(?:2[eE])?(?:\\.|%2[eE])(?:[/;]|$))");

  /** Proxies and browsers together send a few dozen. */
  private static final int MOST_HEADERS = 200;

  /** More than most requests have: who sends more is weighed, header by header. */
  private static final int USUAL_HEADERS = 30;

  /** What Jetty makes of each, besides the text: a field, and its name and value twice. */
  private static final int HEADER_BYTES = 300;

  private final Unclaimed unclaimed;

  PathsAsSent(HttpConfiguration http, Unclaimed unclaimed) {
    super(http);
    this.unclaimed = unclaimed;
  }

  /** The path of a request as its client sent it. */
  static String path(HttpURI uri) {
    return uri.getPath().replace(FOR_PERCENT, '%').replace(FOR_DOT, '.').replace(FOR_NUL, NUL);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection made = new Lenient(getHttpConfiguration(), connector, endPoint);
    made.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(made, connector, endPoint);
  }

  /** One of them. */
  private final class Lenient extends HttpConnection {
    Lenient(HttpConfiguration http, Connector connector, EndPoint endPoint) {
      super(http, connector, endPoint);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
      return super.newHttpStream(method, masked(uri), version);
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new Counting();
    }

    /** Tells of beginnings, and takes so many headers. */
    private final class Counting extends RequestHandler {
      private int headers;

      @Override
      public void messageBegin() {
        headers = 0;
        unclaimed.begins(Lenient.this);
        super.messageBegin();
      }

      @Override
      public void parsedHeader(HttpField field) {
        headers++;
        if (headers > MOST_HEADERS) {
          throw new HttpException.RuntimeException(431, "more than " + MOST_HEADERS + " headers");
        }
        if (headers > USUAL_HEADERS) {
          unclaimed.grows(Lenient.this, HEADER_BYTES);
        }
        super.parsedHeader(field);
      }
    }

    /** A query stays as it is: Jetty does not look into it. */
    private static String masked(String uri) {
      if (uri == null || uri.indexOf('%') < 0 && !uri.contains("..")) { // null: too long, or none
        return uri;
      }
      int query = uri.indexOf('?');
      int end = query < 0 ? uri.length() : query;
      String path = uri.substring(0, end).replace(NUL, FOR_NUL);
      String known = STRAY.matcher(path).replaceAll(String.valueOf(FOR_PERCENT));
      return DOTS.matcher(known).replaceAll(PathsAsSent::masked) + uri.substring(end);
    }
  }

  private static String masked(MatchResult dot) {
    return String.valueOf(dot.group(1) == null ? FOR_PERCENT : FOR_DOT);
  }
}
