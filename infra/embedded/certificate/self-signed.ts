export interface Certificate {
  /** PEM, PKCS #8. */
  readonly key: string;
  /** PEM. Signs itself, so it is the authority to trust as well. */
  readonly cert: string;
}

const years = 10;

/**
 * A certificate for 127.0.0.1 and localhost with a P-256 key. The library is loaded where one is made only, which is at the
 * first start over TLS: it takes a tenth of a second and 20 MB.
 */
export async function selfSigned(validFrom: Date): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const validTo = new Date(validFrom);
  validTo.setUTCFullYear(validTo.getUTCFullYear() + years);
  const made = await generate([{ name: 'commonName', value: 'Lagerhaus local broker' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: validFrom,
    notAfterDate: validTo,
    extensions: [
      // Clients that trust a file of authorities take the certificate only if it says that it is one.
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
