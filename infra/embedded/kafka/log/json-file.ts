import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { DamagedDataError } from './damaged-data.ts';

/**
 * Reads a JSON file that the broker wrote.
 *
 * @throws DamagedDataError when it is not JSON or not of the shape.
 */
export function readJsonFile<Shape extends z.ZodType>(path: string, shape: Shape): z.infer<Shape> {
  return parseJson(readFileSync(path, 'utf8'), shape, path);
}

/** Parses `text`, which came from `where`. */
export function parseJson<Shape extends z.ZodType>(text: string, shape: Shape, where: string): z.infer<Shape> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DamagedDataError(where, `it is not JSON (${error instanceof Error ? error.message : error})`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DamagedDataError(where, `${issue?.path.join('.') || 'its content'}: ${issue?.message}`);
}
