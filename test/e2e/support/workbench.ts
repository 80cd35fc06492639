import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { screenshots } from './places';
import { until } from './until';

const ACTIVE = '.editor-group-container.active .monaco-editor[data-uri]';

/** It stands in the line where there is room, else beside it. */
const LIGHTBULB = ':is(.lightBulbWidget.codicon, [class*="codicon-gutter-lightbulb"])';

/** What we read of an element in the browser. */
interface OnScreen {
  readonly className: string;
  readonly textContent: string | null;
  getBoundingClientRect(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface Squiggle {
  /** The text of its line. */
  readonly line: string;
  /** Where it is on the screen. */
  readonly middle: { readonly x: number; readonly y: number };
}

/** VS Code as a person uses it: by keyboard, mouse and what is on the screen. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the workspace folder and waits until it can be worked in. */
  async open(port: number, folder: string): Promise<void> {
    await this.page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens a file of the workspace with the cursor at a line (1-based), as with Ctrl+P. */
  async openFile(path: string, line: number): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.page.keyboard.press('Control+P');
    await this.#quickInput().fill(path);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.#quickInput().fill(`${path}:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(`${ACTIVE}[data-uri$="${path}"] .view-line`).first().waitFor();
  }

  /** Runs a command of the palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.#quickInput().fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Closes every group of a view in the side bar, so that all of them have room. */
  async collapseAll(view: string): Promise<void> {
    const pane = this.page.locator('.pane', { has: this.page.locator('.pane-header .title', { hasText: view }) });
    await pane.hover();
    await pane.locator('.codicon-collapse-all').click();
  }

  /** Changes the colour theme, as a person does. */
  async chooseTheme(name: string): Promise<void> {
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+T');
    await this.#quickInput().fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** The squiggles of the active editor. */
  async squiggles(): Promise<Squiggle[]> {
    const shown = await this.page
      .locator(`${ACTIVE} :is(.view-line, [class*="squiggly-"])`)
      .evaluateAll((elements: readonly OnScreen[]) =>
        elements.map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return { className: element.className, text: element.textContent ?? '', x, y, width, height };
        }),
      );
    const lines = shown.filter(({ className }) => className.includes('view-line'));
    return shown
      .filter(({ className }) => className.includes('squiggly-'))
      .map(({ x, y, width, height }) => {
        const middle = { x: x + width / 2, y: y + height / 2 };
        const line = lines.find((one) => one.y <= middle.y && middle.y < one.y + one.height);
        return { line: (line?.text ?? '').replaceAll('\u00a0', ' '), middle };
      });
  }

  /** Waits for a squiggle on a line that contains this text, and returns it. */
  waitForSquiggle(text: string): Promise<Squiggle> {
    return until(`a squiggle is on "${text}"`, async () =>
      (await this.squiggles()).find(({ line }) => line.includes(text)),
    );
  }

  /** Waits until no line that contains this text has a squiggle. */
  async waitForNoSquiggle(text: string): Promise<void> {
    await until(`no squiggle is on "${text}"`, async () =>
      (await this.squiggles()).every(({ line }) => !line.includes(text)),
    );
  }

  /** Opens the menu of the lightbulb for the squiggle on a line. */
  async openLightbulb(text: string): Promise<void> {
    const { middle } = await this.waitForSquiggle(text);
    await this.page.mouse.click(middle.x, middle.y);
    const lightbulb = this.page.locator(`${ACTIVE} ${LIGHTBULB}`).first();
    await lightbulb.waitFor();
    await lightbulb.click();
    await this.#offers().first().waitFor();
  }

  /** Picks what the open menu of a lightbulb offers under a title that begins so. */
  async pick(title: string): Promise<void> {
    const titles = await this.#offers().allTextContents();
    const index = titles.findIndex((one) => one.trim().startsWith(title));
    assert.ok(index >= 0, `"${title}" is among "${titles.join('", "')}"`);
    await this.#offers().nth(index).click();
    await this.#offers().first().waitFor({ state: 'hidden' });
  }

  /** Writes the active editor to disk. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  /** Leaves a picture to be looked at. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  #offers(): Locator {
    return this.page.locator('.action-widget .monaco-list-row.action');
  }

  #quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }
}
