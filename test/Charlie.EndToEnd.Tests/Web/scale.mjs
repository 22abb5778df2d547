// A thousand instances and ten thousand timeline entries.

import { checkAccessibility, open, told, withBrowser } from './browser.mjs';

await withBrowser(async browser => {
  const view = await open(browser);
  await view.locator('.facts', { hasText: '1000 of 1000 instances healthy' }).waitFor();
  await view.waitForFunction(() => document.getElementById('timeline-count').textContent === '10000 of 10000 entries');
  told.first = await view.locator('.lane').count();
  await checkAccessibility(view, 'as it opens');
  while (await view.locator('#lanes-more button').count() > 0) {
    await view.locator('#lanes-more button').click();
    told.clicked.push('more lanes');
  }
  told.lanes = await view.locator('.lane').count();
  await view.locator('#timeline-more button').click();
  told.entries = await view.locator('#timeline-entries li').count();
  await view.locator('#timeline-search').fill('entry 9876 ');
  await view.waitForFunction(() => document.querySelectorAll('#timeline-entries li').length === 1);
  told.found = await view.locator('#timeline-entries .text').textContent();
});
