import { domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmailAddress, TypedAddress } from './email-address.ts';

describe('an email address', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    [' Ann@Example.COM ', 'ann@example.com'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['Ann@BÜCHER.example', 'ann@xn--bcher-kva.example'],
    ['ann@bu\u0308cher.example', 'ann@xn--bcher-kva.example'],
    ['ann@bücher。example', 'ann@xn--bcher-kva.example'],
    ['ANN@XN--BCHER-KVA.EXAMPLE', 'ann@xn--bcher-kva.example'],
    ['ann@straße.example', 'ann@xn--strae-oqa.example'],
    ['ann@例え.テスト', 'ann@xn--r8jz45g.xn--zckzah'],
    ['ann@مثال.إختبار', 'ann@xn--mgbh0fb.xn--kgbechtv'],
    ['ann@localhost', 'ann@localhost'],
    ['ann@127.1', 'ann@127.1'],
  ])('%j is normalized to the email address %j, to register as to log in', (text, address) => {
    expect(EmailAddress.parse(text)).toBe(address);
    expect(TypedAddress.parse(text)).toBe(address);
  });

  it.each([
    '',
    'ann',
    'ann@',
    '@example.com',
    'ann@@example.com',
    'a b@example.com',
    'änn@example.com',
    'ann＠example.com',
    'ann@exam\u00adple.com:80',
    'ann@bücher.example/x',
    'ann@bücher.example:80',
    'ann@bücher.example?x',
    'ann@x@bücher.example',
    'ann@bücher%2eexample',
    'ann@bücher example',
    'ann@bücher..example',
    `ann@${'ü'.repeat(80)}.example`,
    'ann@\ud800.example',
    `${'a'.repeat(250)}@x.org`,
  ])('%j is not accepted as an email address', (text) => {
    expect(EmailAddress.safeParse(text).success).toBe(false);
  });

  it('an email address that is accepted is ASCII, is accepted again as it is, and is the same in Unicode and in capitals', () => {
    const label = fc.string({
      unit: fc.constantFrom('a', 'z', '0', '-', 'ü', 'ß', 'İ', 'σ', 'ς', '例', 'ش', '.', '%', ':', '／', '​'),
    });
    const typed = fc.tuple(label, label).map(([one, other]) => `ann@${one}.${other}`);
    fc.assert(
      fc.property(typed, (text) => {
        const address = EmailAddress.safeParse(text).data;
        fc.pre(address !== undefined);
        expect(address).toMatch(/^[!-~]+$/);
        expect(EmailAddress.parse(address)).toBe(address);
        expect(EmailAddress.parse(address?.toUpperCase())).toBe(address);
        const [, domain = ''] = (address ?? '').split('@');
        // Node takes a name that ends in a number for an address of the network, and has no other form of it, or writes it in full (`0.0`).
        const inUnicode = domain.includes('xn--') ? domainToUnicode(domain) : domain;
        if (inUnicode !== '') expect(EmailAddress.parse(`ann@${inUnicode}`)).toBe(address);
      }),
    );
  });

  it('a login under what is no email address is not refused by its form, and is nobody’s', () => {
    expect(TypedAddress.parse(' Ann ')).toBe('ann');
  });
});
