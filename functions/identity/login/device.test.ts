import { expect, it } from 'vitest';
import { deviceOf } from './device.ts';

const firefox = (version: string) => `Mozilla/5.0 (X11; Linux x86_64; rv:${version}) Gecko/20100101 Firefox/${version}`;

it('a device keeps its id after a browser update, and differs by program and by user', () => {
  expect(deviceOf('u1', firefox('140.0'))).toBe(deviceOf('u1', firefox('141.2')));
  expect(deviceOf('u1', firefox('140.0'))).not.toBe(deviceOf('u1', 'curl/8.5.0'));
  expect(deviceOf('u1', firefox('140.0'))).not.toBe(deviceOf('u2', firefox('140.0')));
  expect(deviceOf('u1', '')).toMatch(/^[0-9a-f]{16}$/);
});
