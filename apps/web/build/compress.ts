import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Texts; pictures and fonts are compressed already. The server compresses the pages themselves, which it changes. */
const COMPRESSED = new Set(['.js', '.css', '.svg', '.json', '.txt']);
/** Below this, a compressed form saves no packet. */
const BYTES_MIN = 1_024;

/** Writes the compressed forms of the texts of a build beside them: `.br` and `.gz`. */
export function compressFiles(folder: string): void {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && COMPRESSED.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const content = readFileSync(file);
    if (content.length < BYTES_MIN) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(content));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}
