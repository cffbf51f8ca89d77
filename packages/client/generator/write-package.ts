import { fileURLToPath } from 'node:url';
import { buildPackage } from './build-package.ts';

const folder = fileURLToPath(new URL('../dist', import.meta.url));
await buildPackage(folder);
console.log(`wrote ${folder}; \`npm pack ${folder}\` makes a package of it`);
