package org.skerry.http;

/** The methods that endpoints know. HEAD is answered by the endpoint of GET, without the body. */
public enum Method {
  GET,
  PUT,
  POST,
  DELETE,
  COPY,
  PATCH
}
