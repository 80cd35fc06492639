import { readdirSync, readFileSync } from 'node:fs';
import type { Texts } from './analyzeTexts';
import { readMarkedFiles } from './check';
import { readFences } from './markdownFences';
import { shopFiles } from './shopFiles';

/** An example of a rule's page, as the workspace that it stands for. */
export interface PageExample {
  /** The page's name, without `.md`. */
  readonly page: string;
  /** The line of its fence in the page, 1-based. */
  readonly line: number;
  /** It stands in the shop of `test/proof/shop`. */
  readonly shop: boolean;
  /** The example's own files. */
  readonly own: ReadonlySet<string>;
  /** The example and what it stands beside, without marks. */
  readonly texts: Texts;
}

const PAGES = new URL('../rules/', import.meta.url);

/** Returns every example of every rule's page but those that are meant to be broken; what fixes make of them is none. */
export function pageExamples(): PageExample[] {
  return readdirSync(PAGES)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => examplesOf(name.replace(/\.md$/, ''), readFileSync(new URL(name, PAGES), 'utf8')));
}

function examplesOf(page: string, text: string): PageExample[] {
  const shared = new Map<string, string>();
  const examples: PageExample[] = [];
  for (const fence of readFences(text)) {
    if (fence.fix !== undefined && fence.fix !== 'none') continue;
    for (const [file, content] of fence.shared ? fence.files : []) shared.set(file, content);
    if (fence.broken) continue;
    const { texts } = readMarkedFiles(new Map([...(fence.shop ? shopFiles() : shared), ...fence.files]));
    examples.push({ page, line: fence.line, shop: fence.shop, own: new Set(fence.files.keys()), texts });
  }
  return examples;
}
