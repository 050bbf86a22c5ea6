package org.skerry.fhir.rest;

import ca.uhn.fhir.context.ConfigurationException;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.resource.Rewriting;
import org.skerry.fhir.shape.Shapes;
import org.skerry.fhir.xml.Narratives;

/**
 * HAPI's models and parsers of R4, made once a node, at the first request that needs them. Any
 * thread.
 */
public final class Models {
  private static final Pattern NO_XML = Pattern.compile("[\\ufffe\\uffff]|&#x[fF]{3}[eEfF];");

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
    Narratives narratives = new Narratives();
    IBaseResource resource = parse(strict(context.newXmlParser()), narratives.outOfXml(xml));
    return narratives.intoJson(Rewriting.reduced(json(resource)));
  }

  /**
   * A resource as it is kept, as XML.
   *
   * @throws OutcomeException 406 when it is none: other APIs may write what R4 does not know, and
   *     JSON can say what XML cannot
   */
  public byte[] xml(byte[] json) {
    try {
      Narratives narratives = new Narratives();
      IBaseResource resource = kept(narratives.outOfJson(Rewriting.completed(json)));
      return narratives.intoXml(encoded(resource).getBytes(StandardCharsets.UTF_8));
    } catch (OutcomeException e) {
      Json resource = Json.object(json);
      throw OutcomeException.of(
          406,
          "structure",
          resource.text("resourceType").orElse("The resource")
              + resource.text("id").map(id -> "/" + id).orElse("")
              + " cannot be shown as XML, ask for application/fhir+json: "
              + e.getMessage());
    }
  }

  /** HAPI's printer refuses most characters that XML does not have, and writes these two. */
  private String encoded(IBaseResource resource) {
    try {
      String xml = context.newXmlParser().encodeResourceToString(resource);
      if (NO_XML.matcher(xml).find()) {
        throw OutcomeException.of(400, "structure", "U+FFFE and U+FFFF are no characters in XML");
      }
      return xml;
    } catch (ConfigurationException | DataFormatException e) { // the first is its XML library's
      Throwable said = e.getCause() == null ? e : e.getCause();
      throw OutcomeException.of(400, "structure", String.valueOf(said.getMessage()));
    }
  }

  /**
   * A resource that came as JSON, as a model.
   *
   * @throws OutcomeException 400 when it is none
   */
  public IBaseResource model(byte[] json) {
    return parse(strict(context.newJsonParser()), Rewriting.completed(json));
  }

  /**
   * A resource as it is kept, as a model: what R4 does not know is left out, but no value is lost.
   *
   * @throws OutcomeException 400 when a model cannot hold a value
   */
  IBaseResource kept(byte[] json) {
    IParser parser = context.newJsonParser();
    parser.setParserErrorHandler(new LenientErrorHandler(false));
    return parse(parser, json);
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
    } catch (RuntimeException e) {
      boolean bad =
          e instanceof DataFormatException
              || e instanceof IllegalArgumentException
              || e instanceof ClassCastException
              || e.getCause() instanceof FHIRException;
      if (bad) {
        throw OutcomeException.of(400, "structure", String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }
}
