package org.skerry.fhir.rest;

/** How a resource is spelled. */
public enum Format {
  JSON("application/fhir+json;charset=UTF-8"),
  XML("application/fhir+xml;charset=UTF-8");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }
}
