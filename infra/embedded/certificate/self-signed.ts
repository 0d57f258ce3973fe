import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  boolean,
  explicit,
  generalizedTime,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utf8String,
} from './der.ts';

/** Object identifiers of RFC 5280 and RFC 5758. */
const ids = {
  commonName: '2.5.4.3',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
};

export interface Certificate {
  /** PEM, PKCS #8. */
  readonly key: string;
  /** PEM. Signs itself, so it is the authority to trust as well. */
  readonly cert: string;
}

/**
 * A certificate for 127.0.0.1 and localhost, made with Node alone: an X.509 v3 certificate (RFC 5280) with a P-256 key
 * is twenty values of DER, and no machine needs openssl for it.
 */
export function selfSigned(validFrom: Date, validYears = 10): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = toBeSigned(publicKey, validFrom, validYears);
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, signatureAlgorithm(), bitString(signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
  };
}

/** `TBSCertificate`, RFC 5280, section 4.1. */
function toBeSigned(publicKey: KeyObject, validFrom: Date, validYears: number): Buffer {
  const validTo = new Date(validFrom);
  validTo.setUTCFullYear(validTo.getUTCFullYear() + validYears);
  const version3 = integer(Buffer.of(2));
  return sequence(
    explicit(0, version3),
    integer(randomBytes(16)),
    signatureAlgorithm(),
    name(),
    sequence(generalizedTime(validFrom), generalizedTime(validTo)),
    name(),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(alternativeNames(), isAuthority())),
  );
}

const signatureAlgorithm = () => sequence(objectIdentifier(ids.ecdsaWithSha256));
const name = () => sequence(set(sequence(objectIdentifier(ids.commonName), utf8String('Lagerhaus local broker'))));

/** Choices of `GeneralName`: 2 is a DNS name, 7 an IP address. */
function alternativeNames(): Buffer {
  const names = sequence(implicit(2, Buffer.from('localhost')), implicit(7, Buffer.of(127, 0, 0, 1)));
  return sequence(objectIdentifier(ids.subjectAltName), octetString(names));
}

/** Clients that trust a file of authorities take the certificate only if it says that it is one. */
function isAuthority(): Buffer {
  return sequence(objectIdentifier(ids.basicConstraints), boolean(true), octetString(sequence(boolean(true))));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
