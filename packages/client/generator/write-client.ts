import { fileURLToPath } from 'node:url';
import { generateClient } from './generate-client.ts';

const folder = fileURLToPath(new URL('../src/generated', import.meta.url));
await generateClient(folder);
console.log(`wrote ${folder}`);
