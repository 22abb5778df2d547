// The whole story on charlie serve, clicked through as a person does.

import { checkAccessibility, open, page, picture, told, withBrowser } from './browser.mjs';

let view;

await withBrowser(async browser => {
  view = await open(browser, page, { permissions: ['clipboard-read', 'clipboard-write'] });
  await inService('the base image');
  await checkAccessibility(view, 'light');
  await copyCommands();

  const first = await push('push-good');
  await outcome(first, 'confirmed');
  await inService(first);
  await notified('CONFIRMED', first);

  const crashing = await push('push-crashing');
  await outcome(crashing, 'rolled back');
  await view.locator('#deployment', { hasText: 'panic: no config' }).waitFor();
  await view.locator('#deployment', { hasText: /Back to .*: 1 of 1 in service\./ }).waitFor();
  await inService(first);
  await notified('ROLLED BACK', crashing);
  await view.locator('#lanes-sum', { hasText: 'Out of service for' }).waitFor();
  await picture(view, 'light');

  const wrong = await push('push-wrong');
  await outcome(wrong, 'rolled back');
  await inService(first);

  const before = await instance();
  await click('kill-instance');
  await view.locator(`.lane[data-id="${before}"] .more`, { hasText: 'gone' }).waitFor();
  await inService(first);

  await click('lose-event');
  const unheard = await push('push-good');
  // Healthy, and no one admits it.
  await step('In service');
  await click('sweep');
  await outcome(unheard, 'confirmed');
  await inService(unheard);

  await click('kill-function');
  const slow = await push('push-slow');
  await step('Boots');
  await darkPicture(browser);
  await outcome(slow, 'confirmed');
  await inService(slow);

  await click('push-flapping');
  await view.locator('#glance .chip', { hasText: 'Deploying' }).waitFor();
  await steer('roll-back', 'it flaps');
  await inService(slow);

  await steer('hold', 'market is open', async () => await checkAccessibility(view, 'dialog'));
  await view.locator('.facts .held', { hasText: 'by an operator until it is resumed' }).waitFor();
  const held = await push('push-good');
  await step('Held');
  await outcome(held, 'waiting');
  await steer('roll-back', 'back while it is held');
  await outcome(slow, 'rolled back');
  await inService(unheard);
  await steer('resume', '');
  await outcome(held, 'confirmed');
  await inService(held);

  await steer('restart', 'a leak');
  await view.locator('#glance .chip', { hasText: 'Being replaced' }).waitFor();
  await inService(held);
  await steer('stop', 'maintenance');
  await view.locator('#glance h1', { hasText: 'Stopped' }).waitFor();
  await steer('start', '');
  await inService(held);

  await filterTimeline();
  await keyboard();
  await others(browser);
});

async function click(name) {
  await view.locator(`[data-action="${name}"] button.act`).click();
  told.clicked.push(name);
}

// The release's row comes first in the table.
async function push(name) {
  const seen = await newest();
  await click(name);
  await view.waitForFunction(last => document.querySelector('#releases tbody th').firstChild.textContent !== last, seen);
  return newest();
}

function newest() {
  return view.locator('#releases tbody th').first().evaluate(head => head.firstChild.textContent);
}

function instance() {
  return view.locator('.lane[data-id^="i-"]').first().getAttribute('data-id');
}

async function outcome(release, word) {
  await view.locator('#releases tr', { hasText: release }).locator('.outcome', { hasText: word }).waitFor();
}

async function inService(release) {
  await view.locator('#glance .chip', { hasText: 'In sync' }).waitFor();
  await view.locator('.hero.good', { hasText: 'In service' }).locator('.what strong', { hasText: release }).waitFor();
}

async function step(name) {
  await view.locator('.step.current .step-name', { hasText: name }).waitFor();
}

async function notified(word, release) {
  const mail = view.locator('#notifications details', { hasText: word }).filter({ hasText: release }).first();
  await mail.locator('summary').click();
  await mail.locator('pre', { hasText: release }).waitFor();
  await mail.locator('summary').click();
}

// A request says what comes of it before it is put.
async function steer(name, reason, look = async () => {}) {
  await click(name);
  const dialog = view.locator('dialog');
  await dialog.locator('.plan li').first().waitFor();
  await look();
  await dialog.locator('input').fill(reason);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
}

async function copyCommands() {
  const action = view.locator('[data-action="push-crashing"]');
  await action.locator('summary').click();
  const tools = await action.locator('.tool').allTextContents();
  if (tools.join() !== 'charlie,curl,aws') {
    throw new Error(`The commands are of ${tools}.`);
  }
  await action.locator('.copy').first().click();
  const copied = await view.evaluate(() => navigator.clipboard.readText());
  if (copied !== "charlie push exits --says 'panic: no config'") {
    throw new Error(`Copied: ${copied}`);
  }
  await checkAccessibility(view, 'commands');
  await action.locator('summary').click();
  told.clicked.push('copy');
}

async function filterTimeline() {
  const entries = view.locator('#timeline-entries li');
  await view.locator('#timeline-search').fill('ROLLED BACK');
  await view.waitForFunction(() =>
    [...document.querySelectorAll('#timeline-entries .text')].every(one => /rolled back/i.test(one.textContent)));
  if (await entries.count() === 0) {
    throw new Error('The search found nothing.');
  }
  await view.locator('#timeline-search').fill('');
  await view.locator('#timeline-sources label', { hasText: 'lambda' }).click();
  await view.waitForFunction(() => !document.querySelector('#timeline-entries .source-lambda'));
  await view.locator('#timeline-more button').click();
  await view.waitForFunction(() => document.querySelectorAll('#timeline-entries li').length > 60);
  const without = await count();
  await view.locator('label', { hasText: 'Routine' }).click();
  await view.waitForFunction(fewer => Number.parseInt(document.getElementById('timeline-count').textContent, 10) > fewer, without);
  told.clicked.push('filters');
}

async function count() {
  return Number.parseInt(await view.locator('#timeline-count').textContent(), 10);
}

// From the top of the page by the keyboard alone: the skip link, the language, the range, an action and out of its dialog.
async function keyboard() {
  await view.reload();
  await view.waitForSelector('#timeline:not([hidden])');
  await view.keyboard.press('Tab');
  await view.waitForFunction(() => document.activeElement.id === 'skip');
  await view.keyboard.press('Enter');
  await view.waitForFunction(() => document.activeElement.id === 'main');
  await view.keyboard.press('Tab');
  await view.waitForFunction(() => document.activeElement.name === 'range');
  await view.keyboard.press('ArrowRight');
  await view.waitForFunction(() => document.activeElement.checked && document.activeElement.value === '15');
  await view.locator('[data-action="hold"] button.act').focus();
  await view.keyboard.press('Enter');
  await view.waitForFunction(() => document.activeElement.id === 'reason');
  await view.keyboard.press('Escape');
  await view.waitForFunction(() => !document.querySelector('dialog'));
  told.clicked.push('keyboard');
}

async function darkPicture(browser) {
  const dark = await open(browser, page, { colorScheme: 'dark' });
  await dark.locator('.step.current').waitFor();
  await picture(dark, 'dark');
  await checkAccessibility(dark, 'dark');
  await dark.context().close();
}

async function others(browser) {
  const phone = await open(browser, page, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 });
  await phone.locator('#releases tbody tr').nth(3).waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) {
    throw new Error(`The page is ${wide} pixels wider than the phone.`);
  }
  await checkAccessibility(phone, 'phone');
  await picture(phone, 'phone');
  const portuguese = await open(browser, page, { locale: 'pt-BR' });
  await portuguese.locator('#glance h1', { hasText: 'Em serviço' }).waitFor();
  await portuguese.locator('html[lang="pt-BR"]').waitFor();
  await checkAccessibility(portuguese, 'Portuguese');
  await portuguese.locator('a[hreflang="en"]').click();
  await portuguese.locator('#glance h1', { hasText: 'In service' }).waitFor();
  told.clicked.push('language');
}
