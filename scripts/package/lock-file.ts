import { z } from 'zod';

const LockedPackage = z.looseObject({
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

/** npm's lock file in version 3 (https://docs.npmjs.com/cli/configuring-npm/package-lock-json). */
export const LockFile = z.object({
  lockfileVersion: z.literal(3),
  requires: z.boolean().optional(),
  packages: z.record(z.string(), LockedPackage),
});
export type LockFile = z.infer<typeof LockFile>;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string | undefined>>;
}

/**
 * The part of a lock file that these dependencies need, as the lock file of a package that has no others.
 *
 * @throws Error for a dependency that is not there, or that is locked below another package, of which this knows nothing.
 */
export function closureOf({ packages, ...format }: LockFile, { name, version, dependencies }: Manifest) {
  const needed = new Map<string, z.infer<typeof LockedPackage>>();
  const waiting = Object.keys(dependencies);
  for (const one of waiting) {
    const where = `node_modules/${one}`;
    if (needed.has(where)) continue;
    const locked = packages[where];
    if (locked === undefined) throw new Error(`package-lock.json does not have ${where}: run npm install`);
    needed.set(where, locked);
    waiting.push(...Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }));
  }
  const own = { name, version, dependencies };
  return { name, version, ...format, packages: { '': own, ...Object.fromEntries(needed) } };
}
