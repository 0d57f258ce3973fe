import { z } from 'zod';
import { badRequest } from '../errors.ts';

const path = z.string().regex(/^\/./, 'must start with / and name a property');

/** One step of a patch, as it comes over the wire. */
export const PatchOperation = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['add', 'set', 'replace']), path, value: z.json() }),
  z.object({ op: z.literal('remove'), path }),
  z.object({ op: z.literal('incr'), path, value: z.number() }),
  z.object({ op: z.literal('move'), path, from: path }),
]);
export type PatchOperation = z.infer<typeof PatchOperation>;

const systemProperties: ReadonlySet<string> = new Set(['_rid', '_self', '_etag', '_attachments', '_ts']);

/**
 * Changes a document in place.
 * @throws CosmosError 400 when the path does not lead where the operation needs it; `ordinal` says which operation.
 */
export function applyPatch(document: unknown, operation: PatchOperation, ordinal: number): void {
  const refuse = (reason: string) => badRequest(`For Operation(${ordinal}): ${reason}`);
  const slotAt = (pointer: string): Slot => {
    const steps = pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop() ?? '';
    if (steps.length === 0 && systemProperties.has(last))
      throw refuse(`The system property '${last}' cannot be patched.`);
    let owner = document;
    for (const step of steps) owner = new Slot(owner, step).value;
    if (typeof owner !== 'object' || owner === null) {
      throw refuse(
        `Operation can only create a child of an existing node (array or object); there is none above '${pointer}'.`,
      );
    }
    return new Slot(owner, last);
  };
  const existing = (pointer: string) => {
    const slot = slotAt(pointer);
    if (!slot.exists) throw refuse(`${operation.op} can only be performed on an existing path: '${pointer}'.`);
    return slot;
  };
  const insertAt = (pointer: string, value: unknown) => {
    const slot = slotAt(pointer);
    if (!slot.canInsert) throw refuse(`The array index of '${pointer}' is out of bounds.`);
    slot.insert(value);
  };

  switch (operation.op) {
    case 'add':
      insertAt(operation.path, operation.value);
      break;
    case 'set': {
      const slot = slotAt(operation.path);
      if (slot.exists) slot.assign(operation.value);
      else insertAt(operation.path, operation.value);
      break;
    }
    case 'replace':
      existing(operation.path).assign(operation.value);
      break;
    case 'remove':
      existing(operation.path).remove();
      break;
    case 'incr': {
      const slot = slotAt(operation.path);
      const before = slot.exists ? slot.value : 0;
      if (typeof before !== 'number') throw refuse('The value to increment has to be a number.');
      if (slot.exists) slot.assign(before + operation.value);
      else insertAt(operation.path, operation.value);
      break;
    }
    case 'move': {
      if (`${operation.path}/`.startsWith(`${operation.from}/`)) throw refuse('A value cannot be moved into itself.');
      const from = existing(operation.from);
      const { value } = from;
      from.remove();
      insertAt(operation.path, value);
      break;
    }
  }
}

/** A place in an array or an object, whether something is there or not. */
class Slot {
  private readonly owner: unknown;
  private readonly step: string;

  constructor(owner: unknown, step: string) {
    this.owner = owner;
    this.step = step;
  }

  get exists(): boolean {
    if (Array.isArray(this.owner)) return this.index < this.owner.length;
    return typeof this.owner === 'object' && this.owner !== null && Object.hasOwn(this.owner, this.step);
  }

  get value(): unknown {
    return this.exists ? (this.owner as Record<string, unknown>)[this.step] : undefined;
  }

  get canInsert(): boolean {
    return !Array.isArray(this.owner) || this.step === '-' || this.index <= this.owner.length;
  }

  /** Puts a value at its place in an object; in an array it moves the others up. */
  insert(value: unknown): void {
    if (!Array.isArray(this.owner)) this.assign(value);
    else this.owner.splice(this.step === '-' ? this.owner.length : this.index, 0, value);
  }

  assign(value: unknown): void {
    // A plain assignment to __proto__ would change the object's nature instead of adding a property.
    Object.defineProperty(this.owner, this.step, { value, enumerable: true, configurable: true, writable: true });
  }

  remove(): void {
    if (Array.isArray(this.owner)) this.owner.splice(this.index, 1);
    else Reflect.deleteProperty(this.owner as object, this.step);
  }

  /** Infinity for a step that is no position in an array. */
  private get index(): number {
    return /^(0|[1-9]\d*)$/.test(this.step) ? Number(this.step) : Number.POSITIVE_INFINITY;
  }
}
