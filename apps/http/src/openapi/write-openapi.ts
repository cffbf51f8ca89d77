import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generateOpenapi } from './generate-openapi.ts';

const file = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));
await writeFile(file, await generateOpenapi());
console.log(`wrote ${file}`);
