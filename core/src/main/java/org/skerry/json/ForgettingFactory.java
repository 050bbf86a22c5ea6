package org.skerry.json;

import java.io.InputStream;
import java.io.Reader;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.ByteSourceJsonBootstrapper;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.ReaderBasedJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.sym.CharsToNameCanonicalizer;

/**
 * A factory that does not remember names for long.
 *
 * <p>Jackson's own keeps up to 6,000 names, of up to 50,000 characters each: whoever may send
 * anything at all could fill the heap with them, and each request with a new one copied the whole
 * table. Here names are remembered over a quarter of a megabyte of JSON, and then forgotten; those
 * of a long text, and of a stream, only while it is read. So a factory holds a megabyte at worst.
 */
final class ForgettingFactory extends JsonFactory {
  private static final long serialVersionUID = 1L;

  /** Bytes, or characters, of a text whose names are remembered. */
  static final int LONGEST = 64 << 10;

  /** After so many all are forgotten. */
  static final int AT_ONCE = 256 << 10;

  /** Volatile: whichever thread finds them full makes others. */
  private transient volatile Names names = new Names(this);

  ForgettingFactory(JsonFactoryBuilder builder) {
    super(builder);
  }

  /** What some texts had in common. */
  private static final class Names {
    final ByteQuadsCanonicalizer ofBytes = ByteQuadsCanonicalizer.createRoot();
    final CharsToNameCanonicalizer ofChars;
    private final AtomicInteger left = new AtomicInteger(AT_ONCE);

    Names(TokenStreamFactory factory) {
      ofChars = CharsToNameCanonicalizer.createRoot(factory);
    }

    boolean haveRoomFor(int length) {
      return left.addAndGet(-length) >= 0;
    }
  }

  private Names names(int length) {
    if (length > LONGEST) {
      return new Names(this);
    }
    Names now = names;
    if (!now.haveRoomFor(length)) {
      now = new Names(this);
      names = now;
    }
    return now;
  }

  /** How many names are remembered. */
  int remembered() {
    return names.ofBytes.size() + names.ofChars.size();
  }

  @Override
  protected JsonParser _createParser(
      ObjectReadContext context, IOContext io, byte[] data, int offset, int length) {
    _checkRangeBoundsForByteArray(data, offset, length);
    _streamReadConstraints.validateDocumentLength(length);
    return parser(context, new ByteSourceJsonBootstrapper(io, data, offset, length), names(length));
  }

  @Override
  protected JsonParser _createParser(ObjectReadContext context, IOContext io, InputStream in) {
    return parser(context, new ByteSourceJsonBootstrapper(io, in), new Names(this));
  }

  private JsonParser parser(
      ObjectReadContext context, ByteSourceJsonBootstrapper source, Names known) {
    return source.constructParser(
        context,
        context.getStreamReadFeatures(_streamReadFeatures),
        context.getFormatReadFeatures(_formatReadFeatures),
        known.ofBytes,
        known.ofChars,
        _factoryFeatures);
  }

  @Override
  protected JsonParser _createParser(ObjectReadContext context, IOContext io, Reader in) {
    return new ReaderBasedJsonParser(
        context,
        io,
        context.getStreamReadFeatures(_streamReadFeatures),
        context.getFormatReadFeatures(_formatReadFeatures),
        in,
        new Names(this).ofChars.makeChild());
  }

  @Override
  protected JsonParser _createParser(
      ObjectReadContext context,
      IOContext io,
      char[] data,
      int offset,
      int length,
      boolean recyclable) {
    _checkRangeBoundsForCharArray(data, offset, length);
    _streamReadConstraints.validateDocumentLength(length);
    return new ReaderBasedJsonParser(
        context,
        io,
        context.getStreamReadFeatures(_streamReadFeatures),
        context.getFormatReadFeatures(_formatReadFeatures),
        null,
        names(length).ofChars.makeChild(),
        data,
        offset,
        offset + length,
        recyclable);
  }
}
