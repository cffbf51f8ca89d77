import { expect, it } from 'vitest';
import { csvOf } from '../../../src/console/components/csv.ts';

it('quotes what needs it and lets a spreadsheet compute nothing', () => {
  expect(
    csvOf([
      { code: 'AB-12', label: '=1+1' },
      { code: 'CD,34', label: 'say "hi"' },
      { code: null, label: -5 },
    ]),
  ).toBe(`code,label\r\nAB-12,'=1+1\r\n"CD,34","say ""hi"""\r\n,-5\r\n`);
});
