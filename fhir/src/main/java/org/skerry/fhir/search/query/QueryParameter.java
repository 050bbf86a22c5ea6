package org.skerry.fhir.search.query;

/** A parameter of a query, decoded from its URL. */
public record QueryParameter(String name, String value) {}
