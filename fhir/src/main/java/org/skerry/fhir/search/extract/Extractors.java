package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.shape.Prose;
import org.skerry.fhir.shape.Shapes;

/** Compiled search parameters, a type of resource at a time, when it is first met. */
public final class Extractors {
  private static final Pattern EXISTS = Pattern.compile("(\\S+)\\.exists\\(\\) and \\1 != false");
  private static final String SOUND = "phonetic";

  /** Of resources it is known by their documents' ids. */
  private static final String ID = "_id";

  private final SearchParameters parameters;
  private final Prose prose = new Prose(new Shapes(FhirContext.forR4Cached()));
  private final Map<String, TypeExtractor> compiled = new ConcurrentHashMap<>();

  public Extractors(SearchParameters parameters) {
    this.parameters = parameters;
  }

  /** That of a known type. */
  public TypeExtractor of(String type) {
    return compiled.computeIfAbsent(type, this::compile);
  }

  private TypeExtractor compile(String type) {
    BaseRuntimeElementDefinition<?> root = FhirContext.forR4Cached().getResourceDefinition(type);
    List<TypeExtractor.Entry> entries = new ArrayList<>();
    List<TypeExtractor.Entry> textual = new ArrayList<>();
    for (SearchParameter parameter : parameters.of(type)) {
      if (parameter.code().equals(ID)) {
        entries.add(new TypeExtractor.Entry(parameter, List.of(TypeExtractor.PRESENCE)));
      } else if (parameter.isIndexed()) {
        entries.add(new TypeExtractor.Entry(parameter, sources(parameter, root)));
      } else if (parameter.isTextual()) {
        textual.add(new TypeExtractor.Entry(parameter, List.of(words(parameter))));
      }
    }
    return new TypeExtractor(entries, textual);
  }

  private WordSource words(SearchParameter parameter) {
    return parameter.code().equals(SearchParameter.TEXT)
        ? WordSource.ofNarrative()
        : WordSource.ofAll(prose);
  }

  private static List<TermSource> sources(
      SearchParameter parameter, BaseRuntimeElementDefinition<?> root) {
    if (parameter.type() == ParameterType.COMPOSITE) {
      return List.of(composite(parameter, root));
    }
    List<TermSource> sources = new ArrayList<>();
    List<String> elements = new ArrayList<>();
    for (String part : parameter.expression().split("\\|", -1)) {
      Matcher exists = EXISTS.matcher(part.strip());
      if (!exists.matches()) {
        elements.add(part);
      } else if (part.strip().startsWith(root.getName() + ".")) {
        sources.add(new Deceased(PathReader.read(exists.group(1), root, root)));
      }
    }
    boolean sounds = parameter.type() == ParameterType.STRING && parameter.code().equals(SOUND);
    for (Path path : PathReader.read(String.join("|", elements), root, root)) {
      maker(parameter.type(), path)
          .map(maker -> sounds ? StringTerms.phonetic() : maker)
          .ifPresent(maker -> sources.add(new Source(path, maker)));
    }
    return sources;
  }

  private static TermSource composite(
      SearchParameter parameter, BaseRuntimeElementDefinition<?> root) {
    List<CompositeTerms.Base> bases = new ArrayList<>();
    for (Path base : PathReader.read(parameter.expression(), root, root)) {
      List<List<Source>> parts = new ArrayList<>();
      for (SearchParameter.Component component : parameter.components()) {
        List<Source> sources = new ArrayList<>();
        for (Path path : PathReader.read(component.expression(), root, base.end())) {
          maker(component.type(), path).ifPresent(maker -> sources.add(new Source(path, maker)));
        }
        parts.add(sources);
      }
      bases.add(new CompositeTerms.Base(base, parts));
    }
    return new CompositeTerms(bases);
  }

  private static Optional<TermMaker> maker(ParameterType type, Path path) {
    return switch (type) {
      case STRING -> StringTerms.maker(path.end());
      case TOKEN -> TokenTerms.maker(path);
      case REFERENCE -> ReferenceTerms.maker(path.end());
      case DATE -> DateTerms.maker(path.end());
      case NUMBER -> NumberTerms.maker(path.end());
      case QUANTITY -> QuantityTerms.maker(path.end());
      case URI -> UriTerms.maker(path.end());
      case SPECIAL -> Optional.of(PlaceTerms::position);
      case COMPOSITE -> Optional.empty();
    };
  }
}
