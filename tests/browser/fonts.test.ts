import { chromium } from 'playwright-core';
import { expect, inject, test } from 'vitest';

test('every family of fonts is the one font of the tests, with Korean', async () => {
  const browser = await chromium.connect(inject('chromiumEndpoint'));
  const page = await browser.newPage();
  await page.setContent(
    '<p style="font-family: system-ui">좌석 Seat</p><p style="font-family: Arial">좌석 Seat</p>',
  );
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeIds } = await devtools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'p' });
  for (const nodeId of nodeIds) {
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
    expect(fonts.map(({ familyName, glyphCount }) => [familyName, glyphCount])).toEqual([['Pretendard', 7]]);
  }
  await browser.close();
});
