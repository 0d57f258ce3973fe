import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Where texts are in the files below a folder: `mail/1.eml: Ann` for each file and text, whatever their case. The bytes are looked at as
 * they are, so it finds what a database or a log has kept of what is gone, and nothing in what is compressed.
 */
export function foundInFiles(folder: string, texts: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const content = contentOf(path.join(folder, file)).toLowerCase();
    return texts.filter((text) => content.includes(text.toLowerCase())).map((text) => `${file}: ${text}`);
  });
}

/** Files come and go while the stack runs. */
function contentOf(file: string): string {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'latin1') : '';
  } catch (error) {
    if (existsSync(file)) throw error;
    return '';
  }
}
