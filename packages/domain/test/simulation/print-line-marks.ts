// `pnpm line-marks`: prints how far computed positions are off, as the table of docs/scaling.md.
import { simulateLines } from './marked-line.ts';

const number = (of: number) => Math.round(of).toLocaleString('en-US');

console.log(
  '| fans | left | in runs of up to | marks | too low | furthest off | on average | share of the position |',
);
console.log(
  '| ---- | ---- | ---------------- | ----- | ------- | ------------ | ---------- | --------------------- |',
);
for (const fans of [100_000, 1_000_000])
  for (const { share, clump, errors } of simulateLines(fans)) {
    const off = [errors.tooLow, errors.max, errors.mean].map(number);
    const cells = [number(fans), `${share * 100} %`, number(clump), errors.marks.length, ...off];
    console.log(`| ${cells.join(' | ')} | ${(errors.maxShare * 100).toFixed(1)} % |`);
  }
