/** The certificate of the HTTPS port: given, kept in a folder, or made for this run. Clients trust it by its CA file. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** Path of what a client has to trust: for NODE_EXTRA_CA_CERTS or SSL_CERT_FILE. */
  readonly caFile: string;
}

/**
 * A CA of its own and a certificate for localhost, 127.0.0.1 and ::1. Two certificates, as some
 * clients refuse a CA as the server's own certificate.
 * @param folder kept there and used again, so that a client has to trust it once only
 */
export async function certificate(folder?: string): Promise<Certificate> {
  const place = folder ?? mkdtempSync(join(tmpdir(), "autopilot-sandbox-"));
  mkdirSync(place, { recursive: true });
  const [keyFile, certFile, caFile] = ["key.pem", "cert.pem", "ca.pem"].map((name) =>
    join(place, name),
  ) as [string, string, string];
  if ([keyFile, certFile, caFile].every((file) => existsSync(file))) {
    return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8"), caFile };
  }
  const year = 365 * 24 * 3600 * 1000;
  const dates = {
    notBeforeDate: new Date(Date.now() - 3600 * 1000),
    notAfterDate: new Date(Date.now() + year),
  };
  const common = { keyType: "ec", curve: "P-256", algorithm: "sha256", ...dates } as const;
  const ca = await generate([{ name: "commonName", value: "Autopilot sandbox tenant CA" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  const chain = `${server.cert.trim()}\n${ca.cert.trim()}\n`;
  writeFileSync(keyFile, server.private, { mode: 0o600 });
  writeFileSync(certFile, chain);
  writeFileSync(caFile, `${ca.cert.trim()}\n`);
  return { key: server.private, cert: chain, caFile };
}
