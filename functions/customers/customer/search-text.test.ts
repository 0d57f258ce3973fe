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

  it.each(['anna', 'zoe m.', '030 7654321'])('%j finds nobody who is called otherwise', (typed) => {
    expect(text).not.toContain(soughtIn(typed));
  });

  it('a tag is found as a whole, in upper or lower case', () => {
    expect(tagsAsText(['VIP', 'regular'])).toContain(tagsAsText(['vip']));
    expect(tagsAsText(['vips'])).not.toContain(tagsAsText(['vip']));
  });
});
