import { circleThrough } from './circles.ts';
import { importsOf } from './imports.ts';
import { type HouseRule, isIn, isTest, type Offence, type SourceFile } from './source-file.ts';

/** shared/ from the top to the ground: folders, and the single files that everything stands on. */
const floors: readonly (readonly string[])[] = [
  ['app'],
  ['serving', 'effects', 'sweep', 'replays', 'health'],
  ['runtime'],
  ['capabilities'],
  ['consuming', 'publishing', 'dead-letters', 'kafka-service'],
  ['persistence', 'bus', 'blobs'],
  ['model', 'lookups'],
  ['events'],
  ['security', 'settings', 'telemetry', 'http'],
  ['async'],
  [
    'bounded-json.ts',
    'canonical-json.ts',
    'clock.ts',
    'cut-text.ts',
    'email-address.ts',
    'telephone.ts',
    'text.ts',
    'ids.ts',
    'money.ts',
    'local-date.ts',
    'field-errors.ts',
    'file-line.ts',
    'stackless-error.ts',
  ],
];

/** `shared/http/paging.ts` stands in the room `http`, `shared/clock.ts` in one of its own. */
const roomOf = (path: string) => /^shared\/([^/]+)/.exec(path)?.[1];
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

/** In shared/, an import goes down, or sideways in one direction. */
export const importsGoDown: HouseRule = (files) => {
  const product = files.filter((file) => isIn(file, 'shared') && !isTest(file));
  return [...product.flatMap(homeless), ...product.flatMap(climbing), ...product.flatMap(goingBothWays(product))];
};

function homeless({ path }: SourceFile): readonly Offence[] {
  const room = roomOf(path);
  if (room === undefined || floorOf(room) >= 0) return [];
  return [
    {
      path,
      rule: `shared/${room} is on no floor`,
      remedy: 'give it one in tests/house-rules/floors.ts, or move the file into a room that there is',
    },
  ];
}

function climbing(file: SourceFile): readonly Offence[] {
  const own = roomOf(file.path);
  return importsOf(file).flatMap((imported) => {
    const other = roomOf(imported);
    if (own === undefined || other === undefined || floorOf(other) < 0 || floorOf(other) >= floorOf(own)) return [];
    return [
      {
        path: file.path,
        rule: `an import in shared/ goes down, and ${other} is above ${own} (${imported})`,
        remedy: 'move what is needed down, or let the caller hand it in',
      },
    ];
  });
}

function goingBothWays(files: readonly SourceFile[]): (file: SourceFile) => readonly Offence[] {
  const neighbours = new Map<string, string[]>();
  for (const file of files) {
    const own = roomOf(file.path);
    for (const other of importsOf(file).map(roomOf)) {
      if (own === undefined || other === undefined || own === other || floorOf(own) !== floorOf(other)) continue;
      neighbours.set(own, [...(neighbours.get(own) ?? []), other]);
    }
  }
  return (file) => {
    const own = roomOf(file.path);
    const circle = own === undefined ? undefined : circleThrough(own, neighbours);
    const next = circle?.[1];
    if (circle === undefined || !importsOf(file).some((imported) => roomOf(imported) === next)) return [];
    return [
      {
        path: file.path,
        rule: `rooms of one floor import each other in one direction only (${circle.join(' → ')})`,
        remedy: 'turn one of the imports round, or move what both need down',
      },
    ];
  };
}
