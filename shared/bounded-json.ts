/** Deeper than anything that is taken here, and shallow enough for whatever walks it by recursion. */
const deepest = 50;

/** An object has a member called `__proto__`, which a schema would pass over. */
export class ProtoMemberError extends SyntaxError {
  override readonly name = 'ProtoMemberError';
}

/**
 * JSON that somebody sent, as data.
 *
 * @throws SyntaxError where it is none, or is nested more than 50 deep; ProtoMemberError
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const unseen: [value: unknown, depth: number][] = [[value, 1]];
  for (let next = unseen.pop(); next !== undefined; next = unseen.pop()) {
    const [part, depth] = next;
    if (typeof part !== 'object' || part === null) continue;
    if (depth > deepest) throw new SyntaxError(`it is nested more than ${deepest} deep`);
    if (Object.hasOwn(part, '__proto__')) throw new ProtoMemberError('it has a member called __proto__');
    for (const inner of Object.values(part)) if (typeof inner === 'object') unseen.push([inner, depth + 1]);
  }
  return value;
}
