import path from 'node:path';
import { type HouseRule, isIn, isTest, type SourceFile } from './source-file.ts';

/** `import … from 'x'`, `export … from 'x'`, `import 'x'` and `import('x')`. */
const importPattern = /(?:^|\s)(?:from|import)\s*\(?\s*'([^']+)'/g;

/** What a file imports: a package by its name, a file by its path from the root. */
export function importsOf(file: SourceFile): readonly string[] {
  return [...file.text.matchAll(importPattern)].map(([, specifier = '']) => {
    return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file.path), specifier) : specifier;
  });
}

/** A rule about who may import what: for each forbidden import of a file, what to do instead. */
function forbid(rule: string, remedyFor: (file: SourceFile, imported: string) => string | undefined): HouseRule {
  return (files) =>
    files.flatMap((file) =>
      importsOf(file).flatMap((imported) => {
        const remedy = remedyFor(file, imported);
        return remedy === undefined ? [] : [{ path: file.path, rule: `${rule} (${imported})`, remedy }];
      }),
    );
}

const serviceOf = (filePath: string) => /^functions\/([^/]+)\//.exec(filePath)?.[1];

export const servicesStayApart = forbid('a service does not import another', (file, imported) => {
  const own = serviceOf(file.path);
  const other = serviceOf(imported);
  if (own === undefined || other === undefined || own === other) return undefined;
  return `listen to the other's events instead, or move what both need into shared/events/contracts`;
});

export const sharedKnowsNoService = forbid(
  'shared/ imports nothing from functions/, infra/ or tests/',
  (file, imported) => {
    const isOutside = /^(functions|infra|tests)\//.test(imported);
    return isIn(file, 'shared') && isOutside
      ? 'turn it round: let the outer part hand in what shared/ needs'
      : undefined;
  },
);

/** Nor do its tests; they may say what rules decide in the words of `tests/rigs/model`. */
export const productKnowsNoStack = forbid('functions/ imports nothing from infra/ or tests/', (file, imported) => {
  if (isTest(file) && imported.startsWith('tests/rigs/model/')) return undefined;
  const isOutside = /^(infra|tests)\//.test(imported);
  return isIn(file, 'functions') && isOutside ? 'reach it over the wire, by a setting' : undefined;
});

export const embeddedServersStandAlone = forbid('infra/embedded/ imports nothing of the product', (file, imported) => {
  const isOutside = /^(functions|shared|infra\/local|scripts)\//.test(imported);
  if (!isIn(file, 'infra/embedded') || isTest(file) || !isOutside) return undefined;
  return 'give the server a small piece of its own: it has to be as independent of the product as the real one';
});

/** Which folders or files of the product may import a package. */
const owners: Readonly<Record<string, readonly string[]>> = {
  '@azure/cosmos': ['shared/persistence/'],
  kafkajs: ['shared/bus/', 'shared/kafka-service/'],
  '@azure/event-hubs': ['shared/bus/', 'shared/kafka-service/'],
  '@azure/identity': ['shared/security/'],
  '@azure/storage-blob': ['shared/blobs/', 'shared/bus/event-hubs/'],
  rhea: ['infra/embedded/event-hubs/'],
  '@azure/functions': ['shared/app/', 'functions/app.ts'],
};

export const packagesHaveOwners = forbid('some packages are imported in one place only', (file, imported) => {
  const allowed = owners[imported];
  if (allowed === undefined || !(isIn(file, 'functions') || isIn(file, 'shared')) || isTest(file)) return undefined;
  if (allowed.some((place) => file.path.startsWith(place))) return undefined;
  return `use what ${allowed.join(' or ')} offers, or add there what is missing`;
});

export const eventsLeaveThroughTheOutbox = forbid('functions/ does not import KafkaService', (file, imported) => {
  const isService = /^shared\/kafka-service\//.test(imported);
  return isIn(file, 'functions') && isService ? 'record an event on an aggregate: the outbox sends it' : undefined;
});

/** What knows HTTP of a service: what is called over it, and the problems that its callers are told of. */
const knowsHttp = (file: SourceFile) =>
  /\/problems\.ts$/.test(file.path) ||
  importsOf(file).some((imported) => /^shared\/capabilities\/(endpoint|command)\.ts$/.test(imported));

export const rulesKnowNoHttp = forbid('a rule of a service knows no HTTP', (file, imported) => {
  const isHttp = /^shared\/(http|serving)\//.test(imported);
  if (serviceOf(file.path) === undefined || isTest(file) || knowsHttp(file) || !isHttp) return undefined;
  return 'throw a Rejection (shared/model/rejection.ts), and leave to the endpoint what is HTTP';
});

/** What an aggregate may know. */
const pureImports = [
  /^zod$/,
  /^shared\/events\/contracts\//,
  /^shared\/model\//,
  /^shared\/(money|local-date|text)\.ts$/,
  /^shared\/events\/define-event\.ts$/,
];

/** An aggregate does no I/O: what it imports of its service is as pure as it is. */
export const aggregatesArePure: HouseRule = (files) => {
  const byPath = new Map(files.filter((file) => isIn(file, 'functions')).map((file) => [file.path, file]));
  const isPure = (imported: string, seen: ReadonlySet<string> = new Set()): boolean => {
    if (seen.has(imported) || pureImports.some((pattern) => pattern.test(imported))) return true;
    const file = byPath.get(imported);
    return file !== undefined && importsOf(file).every((next) => isPure(next, new Set([...seen, imported])));
  };
  const rule =
    'an aggregate imports contracts, shared/model, shared/money, shared/local-date, shared/text, zod, or what imports no more than these';
  return forbid(rule, (_, imported) =>
    isPure(imported) ? undefined : 'move what needs it into the capability, and hand the result in as an argument',
  )(files.filter((file) => isAggregate(file)));
};

function isAggregate(file: SourceFile): boolean {
  return isIn(file, 'functions') && !isTest(file) && /\bdefineAggregate\b/.test(file.text);
}
