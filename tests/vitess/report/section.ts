import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder for the sections of the report. */
    sectionsFolder: string;
  }
}

/** Writes a section of the report, in Markdown; the sections follow each other by name. */
export async function writeSection(name: string, text: string): Promise<void> {
  await writeFile(join(inject('sectionsFolder'), `${name}.md`), text);
}
