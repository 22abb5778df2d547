// charlie console as a page that only reads, and what it says when it ends.

import { checkAccessibility, open, told, withBrowser } from './browser.mjs';

await withBrowser(async browser => {
  const view = await open(browser);
  told.address = view.url();
  told.buttons = await view.locator('button.act').count();
  told.note = await view.locator('#actions .note').textContent();
  told.timeline = await view.locator('#timeline .note').textContent();
  told.notifications = await view.locator('#notifications .note').textContent();
  await view.locator('[data-action="roll-back"] summary').click();
  told.commands = await view.locator('[data-action="roll-back"] .command').count();
  await checkAccessibility(view, 'read-only');
});
