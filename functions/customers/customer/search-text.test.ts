import { describe, expect, it } from 'vitest';
import { foundBy, soughtIn, tagsAsText } from './search-text.ts';

const text = foundBy({ name: 'Zoë Müller-Straße', email: 'zoe@example.com', phone: '+49301234567' });

describe('what customers are found by', () => {
  it.each([
    'zoe',
    'ZOË',
    'müller',
    'Muller',
    'STRASSE',
    'strasse',
    'zoe@',
    'example.com',
    '030 1234567',
    '0049 30 12',
    '+49 (30) 1234',
    '4567',
  ])('%j finds a customer by name, address or number', (typed) => {
    expect(text).toContain(soughtIn(typed));
  });

  it.each([
    ['24/7 Kiosk', '24/7'],
    ['4.30 Uhr', '4.30'],
    ['2000 Jahre', '2000'],
    ['1-2-3 Autos', '1-2-3'],
    ['0815 GmbH', '0815'],
  ])('%j is found by %j, which might be a number to call', (name, typed) => {
    expect(foundBy({ name })).toContain(soughtIn(typed));
  });

  it.each(['(030) 1234567', '+49 (0)30 1234567', '0049 (0) 30/1234567'])('%j finds a customer by number', (typed) => {
    expect(text).toContain(soughtIn(typed));
  });

  it.each([
    'anna',
    'zoe m.',
    '030 7654321',
    '\u0301',
    '((((',
    '0-0-',
  ])('%j finds nobody who is called otherwise', (typed) => {
    expect(text).not.toContain(soughtIn(typed));
  });

  it('a tag is found as a whole, in upper or lower case', () => {
    expect(tagsAsText(['VIP', 'regular'])).toContain(tagsAsText(['vip']));
    expect(tagsAsText(['vips'])).not.toContain(tagsAsText(['vip']));
  });
});
