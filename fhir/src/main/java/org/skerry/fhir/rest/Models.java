package org.skerry.fhir.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.shape.Shapes;

/**
 * HAPI's models and parsers of R4, made once a node, at the first request that needs them. Any
 * thread.
 */
public final class Models {
  private final FhirContext context;
  private final Shapes shapes;

  public Models() {
    this.context = FhirContext.forR4Cached();
    // Resources are shown as they are kept: references to a version keep it, ids stay ids.
    context
        .getParserOptions()
        .setStripVersionsFromReferences(false)
        .setOverrideResourceIdWithBundleEntryFullUrl(false)
        .setAutoContainReferenceTargetsWithNoId(false);
    this.shapes = new Shapes(context);
  }

  public FhirContext context() {
    return context;
  }

  public Shapes shapes() {
    return shapes;
  }

  /**
   * A resource that came as XML, as JSON.
   *
   * @throws OutcomeException 400 when it is none
   */
  public byte[] json(byte[] xml) {
    IBaseResource resource = parse(strict(context.newXmlParser()), xml);
    return json(resource);
  }

  /**
   * A resource that came as JSON, as XML.
   *
   * @throws OutcomeException 400 when it is none
   */
  public byte[] xml(byte[] json) {
    IParser parser = context.newJsonParser();
    parser.setParserErrorHandler(new LenientErrorHandler(false));
    IBaseResource resource = parse(parser, json);
    return context.newXmlParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A resource that came as JSON, as a model.
   *
   * @throws OutcomeException 400 when it is none
   */
  public IBaseResource model(byte[] json) {
    return parse(strict(context.newJsonParser()), json);
  }

  /** A model as JSON. */
  public byte[] json(IBaseResource resource) {
    return context
        .newJsonParser()
        .encodeResourceToString(resource)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static IParser strict(IParser parser) {
    parser.setParserErrorHandler(new StrictErrorHandler());
    return parser;
  }

  private static IBaseResource parse(IParser parser, byte[] text) {
    try {
      return parser.parseResource(new String(text, StandardCharsets.UTF_8));
    } catch (DataFormatException | IllegalArgumentException | ClassCastException e) {
      throw OutcomeException.of(400, "structure", String.valueOf(e.getMessage()));
    }
  }
}
