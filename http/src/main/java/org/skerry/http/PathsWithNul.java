package org.skerry.http;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 whose paths may hold {@code %00}: the id of a document may hold U+0000 as any other
 * character, and comes with a replication. Jetty refuses it in a path, whatever its compliance
 * (HttpURI: "Illegal character in path"), but lets the character itself pass, which no client can
 * send: its parser takes no control character in a request line. So the one stands for the other
 * between the parser and {@link #path}.
 */
final class PathsWithNul extends HttpConnectionFactory {
  private static final String ESCAPED = "%00";
  private static final String BARE = "\0";

  PathsWithNul(HttpConfiguration http) {
    super(http);
  }

  /** The path of a request as its client sent it. */
  static String path(HttpURI uri) {
    return uri.getPath().replace(BARE, ESCAPED);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection made = new Lenient(getHttpConfiguration(), connector, endPoint);
    made.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(made, connector, endPoint);
  }

  /** One of them. */
  private static final class Lenient extends HttpConnection {
    Lenient(HttpConfiguration http, Connector connector, EndPoint endPoint) {
      super(http, connector, endPoint);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
      return super.newHttpStream(method, bare(uri), version);
    }

    /** A query stays as it is: Jetty does not look into it. */
    private static String bare(String uri) {
      if (uri == null || !uri.contains(ESCAPED)) { // null: too long, or none
        return uri;
      }
      int query = uri.indexOf('?');
      int end = query < 0 ? uri.length() : query;
      return uri.substring(0, end).replace(ESCAPED, BARE) + uri.substring(end);
    }
  }
}
