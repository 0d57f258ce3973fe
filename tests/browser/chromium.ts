import { existsSync } from 'node:fs';

/** Where Debian's package puts it; `.ci/run` installs it where it may. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine, if there is one: the tests bring none with them. */
export const chromium = places.find((place) => existsSync(place));

/** Without a sandbox, which needs rights that a container does not give; without what calls home. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
