package org.skerry.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's key and certificates, read from files and checked, so that files that cannot be used
 * never take the place of those that can.
 *
 * @param password of the key in the store, which exists in memory only
 */
record TlsKeys(KeyStore store, String password) {
  private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
  private static final String ALIAS = "node";

  /**
   * Reads the files that the settings name.
   *
   * @throws IOException when they cannot be used; it names the file, and holds nothing secret
   */
  static TlsKeys load(HttpSettings.Tls tls) throws IOException {
    try {
      return switch (tls) {
        case HttpSettings.Tls.KeyStoreFile(Path file, String password) -> fromStore(file, password);
        case HttpSettings.Tls.PemFiles(Path certificates, Path key) -> fromPem(certificates, key);
      };
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + e.getFile(), e);
    } catch (GeneralSecurityException e) {
      throw new IOException(tls + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static TlsKeys fromStore(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + " cannot be read, or its password is another", e);
    }
    boolean found = false;
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        found = true;
        warnOfAge(file, store.getCertificate(alias));
      }
    }
    if (!found) {
      throw new IOException(file + " holds no private key");
    }
    return new TlsKeys(store, password);
  }

  private static TlsKeys fromPem(Path certificates, Path key)
      throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> chain;
    try (InputStream in = Files.newInputStream(certificates)) {
      chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    if (chain.isEmpty()) {
      throw new IOException(certificates + " holds no certificate in PEM");
    }
    Certificate own = chain.iterator().next();
    PrivateKey privateKey = PemKey.read(key);
    if (!belong(privateKey, own.getPublicKey())) {
      throw new IOException(
          "the key in " + key + " is not that of the first certificate in " + certificates);
    }
    warnOfAge(certificates, own);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(ALIAS, privateKey, new char[0], chain.toArray(new Certificate[0]));
    return new TlsKeys(store, "");
  }

  /** Whether what the one signs the other verifies. */
  private static boolean belong(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void warnOfAge(Path file, Certificate certificate) {
    if (certificate instanceof X509Certificate dated) {
      try {
        dated.checkValidity();
      } catch (CertificateExpiredException e) {
        LOG.warn("the certificate in {} is over since {}", file, dated.getNotAfter());
      } catch (CertificateNotYetValidException e) {
        LOG.warn("the certificate in {} is not valid before {}", file, dated.getNotBefore());
      }
    }
  }

  @Override
  public String toString() {
    return "TlsKeys"; // never the password
  }
}
