import assert from 'node:assert/strict';
import { type Browser, chromium } from 'playwright-core';

/** Starts the distribution's Chromium, which CHROMIUM names, with nothing of its own going on. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  assert(executablePath, 'CHROMIUM names the browser: run npm run e2e');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
