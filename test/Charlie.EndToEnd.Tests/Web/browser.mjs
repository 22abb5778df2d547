// What the scripts share: a browser that keeps every error of its console, and a check of accessibility.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.PLAYWRIGHT_JAVASCRIPT, 'packages.js'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');

// Everything waited for takes seconds; what takes this long on a busy machine hangs.
const timeout = 300_000;

export const page = process.env.PAGE;
export const told = { errors: [], violations: [], clicked: [], checked: [] };

export async function withBrowser(script) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    await script(browser);
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(told));
}

/** Opens the page as some person sees it. */
export async function open(browser, address = page, settings = {}) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...settings });
  context.setDefaultTimeout(timeout);
  const opened = await context.newPage();
  opened.on('pageerror', error => told.errors.push(error.message));
  opened.on('console', message => {
    if (['error', 'warning'].includes(message.type())) {
      told.errors.push(message.text());
    }
  });
  await opened.goto(address);
  await opened.waitForSelector('#timeline:not([hidden])');
  return opened;
}

/** No rule of WCAG 2.2 AA, nor one that axe calls a good practice, is violated. */
export async function checkAccessibility(opened, name) {
  const { violations, passes } = await new AxeBuilder({ page: opened }).analyze();
  told.checked.push(`${name}: ${passes.length} rules`);
  told.violations.push(...violations.map(one => `${name}: ${one.id}: ${one.nodes.map(node => node.html).slice(0, 3).join(' | ')}`));
}

/** Writes a picture for the docs where one is asked for: from the top to the end of the lanes. */
export async function picture(opened, name) {
  if (process.env.CHARLIE_SCREENSHOTS) {
    // The lanes go on for a moment, so that what came last is seen.
    await opened.waitForTimeout(4000);
    await opened.evaluate(() => document.getElementById('toast').classList.remove('is-shown'));
    await opened.evaluate(() => window.scrollTo(0, 0));
    const { width } = opened.viewportSize();
    const height = await opened.evaluate(() => Math.ceil(document.getElementById('lanes').getBoundingClientRect().bottom) + 16);
    await opened.screenshot({
      path: join(process.env.CHARLIE_SCREENSHOTS, `console-${name}.png`),
      clip: { x: 0, y: 0, width, height },
      fullPage: true,
      animations: 'disabled',
    });
  }
}
