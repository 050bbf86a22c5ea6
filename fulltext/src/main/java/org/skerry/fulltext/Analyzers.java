package org.skerry.fulltext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.classic.ClassicAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.email.UAX29URLEmailAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pl.PolishAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.skerry.search.BadSearchException;
import org.skerry.search.IndexDefinition;

/** Analyzers by the names that CouchDB gives them. */
final class Analyzers {
  private static final int MAX_TOKENS = 100_000;

  private static final Map<String, Supplier<Analyzer>> KNOWN =
      Map.ofEntries(
          Map.entry("arabic", ArabicAnalyzer::new),
          Map.entry("armenian", ArmenianAnalyzer::new),
          Map.entry("basque", BasqueAnalyzer::new),
          Map.entry("bulgarian", BulgarianAnalyzer::new),
          Map.entry("catalan", CatalanAnalyzer::new),
          Map.entry("chinese", SmartChineseAnalyzer::new),
          Map.entry("cjk", CJKAnalyzer::new),
          Map.entry("classic", ClassicAnalyzer::new),
          Map.entry("czech", CzechAnalyzer::new),
          Map.entry("danish", DanishAnalyzer::new),
          Map.entry("dutch", DutchAnalyzer::new),
          Map.entry("email", UAX29URLEmailAnalyzer::new),
          Map.entry("english", EnglishAnalyzer::new),
          Map.entry("finnish", FinnishAnalyzer::new),
          Map.entry("french", FrenchAnalyzer::new),
          Map.entry("galician", GalicianAnalyzer::new),
          Map.entry("german", GermanAnalyzer::new),
          Map.entry("hindi", HindiAnalyzer::new),
          Map.entry("hungarian", HungarianAnalyzer::new),
          Map.entry("indonesian", IndonesianAnalyzer::new),
          Map.entry("irish", IrishAnalyzer::new),
          Map.entry("italian", ItalianAnalyzer::new),
          Map.entry("japanese", JapaneseAnalyzer::new),
          Map.entry("keyword", KeywordAnalyzer::new),
          Map.entry("latvian", LatvianAnalyzer::new),
          Map.entry("norwegian", NorwegianAnalyzer::new),
          Map.entry("persian", PersianAnalyzer::new),
          Map.entry("polish", PolishAnalyzer::new),
          Map.entry("portuguese", PortugueseAnalyzer::new),
          // As CouchDB's documentation spells it.
          Map.entry("portugese", PortugueseAnalyzer::new),
          Map.entry("romanian", RomanianAnalyzer::new),
          Map.entry("russian", RussianAnalyzer::new),
          Map.entry("simple", SimpleAnalyzer::new),
          Map.entry("simple_asciifolding", AsciiFoldingAnalyzer::new),
          Map.entry("spanish", SpanishAnalyzer::new),
          Map.entry("standard", StandardAnalyzer::new),
          Map.entry("swedish", SwedishAnalyzer::new),
          Map.entry("thai", ThaiAnalyzer::new),
          Map.entry("turkish", TurkishAnalyzer::new),
          Map.entry("whitespace", WhitespaceAnalyzer::new));

  private Analyzers() {}

  static Set<String> names() {
    return KNOWN.keySet();
  }

  /**
   * The analyzer of that name.
   *
   * @throws BadSearchException when there is none
   */
  static Analyzer named(String name) {
    Supplier<Analyzer> known = KNOWN.get(name);
    if (known == null) {
      throw new BadSearchException(name + " is not a valid analyzer name");
    }
    return known.get();
  }

  /** Refuses a definition that names an unknown analyzer. */
  static void check(IndexDefinition definition) {
    Set<String> named = new HashSet<>(definition.fieldAnalyzers().values());
    named.add(definition.defaultAnalyzer());
    for (String name : named) {
      if (!KNOWN.containsKey(name)) {
        throw new BadSearchException(name + " is not a valid analyzer name");
      }
    }
  }

  /** The analyzer of all fields of an index. */
  static Analyzer of(IndexDefinition definition) {
    Analyzer byDefault = named(definition.defaultAnalyzer());
    if (definition.fieldAnalyzers().isEmpty()) {
      return byDefault;
    }
    Map<String, Analyzer> byField = new HashMap<>();
    definition.fieldAnalyzers().forEach((field, name) -> byField.put(field, named(name)));
    return new PerFieldAnalyzerWrapper(byDefault, byField);
  }

  /** The tokens of a text. */
  static List<String> tokens(String name, String text) {
    List<String> tokens = new ArrayList<>();
    try (Analyzer analyzer = named(name);
        TokenStream stream = analyzer.tokenStream(QueryReader.DEFAULT_FIELD, text)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        tokens.add(term.toString());
        if (tokens.size() > MAX_TOKENS) {
          throw new BadSearchException("the text has more than " + MAX_TOKENS + " tokens");
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tokens;
  }
}
