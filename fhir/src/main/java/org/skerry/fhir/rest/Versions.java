package org.skerry.fhir.rest;

import java.util.ArrayList;
import java.util.List;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.http.AnswerHead;

/** The headers that tell a version. */
public final class Versions {
  private Versions() {}

  /** The version's tag, and when it was written. */
  public static List<AnswerHead.Header> headers(ResourceText resource) {
    List<AnswerHead.Header> headers = new ArrayList<>(3);
    headers.add(new AnswerHead.Header("ETag", resource.tag()));
    resource
        .lastUpdated()
        .ifPresent(at -> headers.add(new AnswerHead.Header("Last-Modified", Tags.httpDate(at))));
    return headers;
  }

  /** The same, with where the version is found. */
  public static List<AnswerHead.Header> headers(ResourceText resource, String base) {
    List<AnswerHead.Header> headers = headers(resource);
    headers.add(
        new AnswerHead.Header(
            "Location", base + '/' + resource.id() + "/_history/" + resource.rev()));
    return headers;
  }
}
