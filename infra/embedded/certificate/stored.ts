import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../write-whole.ts';
import { type Certificate, selfSigned } from './self-signed.ts';

export interface StoredCertificate extends Certificate {
  /** The file that a client names as its authority. */
  readonly certFile: string;
}

/** The broker's certificate: the one of the last start, or a new one where there is none or it has expired. */
export async function storedCertificate(dataDir: string, now = new Date()): Promise<StoredCertificate> {
  const folder = path.join(dataDir, 'tls');
  const certFile = path.join(folder, 'cert.pem');
  const keyFile = path.join(folder, 'key.pem');
  if (!existsSync(keyFile) || !isValid(certFile, now)) {
    const made = await selfSigned(now);
    mkdirSync(folder, { recursive: true });
    writeWhole(certFile, made.cert);
    writeWhole(keyFile, made.key);
  }
  return { certFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

function isValid(certFile: string, now: Date): boolean {
  return existsSync(certFile) && new X509Certificate(readFileSync(certFile)).validToDate > now;
}
