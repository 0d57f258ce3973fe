// azd's hook before provisioning: says at once what would end it half way, and what to change. LAGERHAUS_PREFLIGHT=off leaves it out.
import { azureCli } from './azure-cli.ts';
import { preflight } from './preflight/preflight.ts';
import { readWishes } from './preflight/wishes.ts';

try {
  if (process.env.LAGERHAUS_PREFLIGHT !== 'off') {
    const { complaints, unchecked } = await preflight(azureCli, readWishes(process.env));
    for (const line of unchecked) console.log(line);
    for (const line of complaints) console.error(line);
    if (complaints.length > 0) process.exitCode = 1;
    else console.log('Region, names, rights and quotas fit.');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
