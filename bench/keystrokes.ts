import { resolve } from 'node:path';
import { analyze } from '../server/core/analyze';
import { defaultConfig } from '../server/core/config';
import type { Project } from '../server/core/model/project';
import { rules } from '../server/core/rules';
import { OpenFacts } from '../server/lsp/openFacts';
import { loadProject } from '../server/workspace/loadProject';
import { percentile } from './measure';

/** Typed into the middle of a file, character by character. */
const typed = `
  const found = await prisma.user.findMany({ where: { id: { in: ids } }, take: 20 });
  for (const each of found) {
    await notify(each.email, \`hello \${each.name}\`);
  }
`;
const ROUNDS = 2;

export interface KeystrokeResult {
  readonly file: string;
  readonly kilobytes: number;
  readonly edits: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

export interface KeystrokeResults {
  /** In the file nearest to 15 KB, in the one nearest to 53 KB and in the largest. */
  readonly typing: readonly KeystrokeResult[];
  /** The same for an edit that changes what other files see: a new export. */
  readonly exporting: KeystrokeResult;
  readonly secondAudit: number;
}

/** Measures in this process, so that nothing else is in the way. */
async function measure(folder: string): Promise<KeystrokeResults> {
  const { project, readText } = await loadProject(folder, { config: defaultConfig });
  analyze({ project, config: defaultConfig, rules });
  const started = performance.now();
  analyze({ project, config: defaultConfig, rules });
  const secondAudit = performance.now() - started;

  const texts = [...project.documents].flatMap(([file, { kind }]) => {
    const text = kind === 'typescript' ? readText(file) : undefined;
    return text === undefined ? [] : [{ file, text }];
  });
  const chosen = [15_000, 53_000, Number.POSITIVE_INFINITY].flatMap((size) => nearest(texts, size) ?? []);
  return {
    typing: chosen.map((each) => type(project, each, growingTexts)),
    exporting: type(project, chosen[0] ?? { file: '', text: '' }, textsWithNewExports),
    secondAudit,
  };
}

interface FileText {
  readonly file: string;
  readonly text: string;
}

function nearest(texts: readonly FileText[], size: number): FileText | undefined {
  const distance = ({ text }: FileText) => (Number.isFinite(size) ? Math.abs(text.length - size) : -text.length);
  return [...texts].sort((a, b) => distance(a) - distance(b))[0];
}

function type(start: Project, { file, text }: FileText, textsOf: (text: string) => Iterable<string>): KeystrokeResult {
  const facts = new OpenFacts();
  facts.read(file, text);
  let current = start;
  const times: number[] = [];
  for (const next of textsOf(text)) {
    const began = performance.now();
    current = current.with(new Map([[file, facts.read(file, next)]]));
    analyze({ project: current, config: defaultConfig, rules, files: [file] });
    times.push(performance.now() - began);
  }
  return {
    file,
    kilobytes: text.length / 1000,
    edits: times.length,
    p50: percentile(times, 50),
    p90: percentile(times, 90),
    p99: percentile(times, 99),
  };
}

function* growingTexts(text: string): Iterable<string> {
  const middle = text.indexOf('\n', text.length / 2) + 1;
  for (let round = 0; round < ROUNDS; round++) {
    for (let length = 1; length <= typed.length; length++) {
      yield text.slice(0, middle) + typed.slice(0, length) + text.slice(middle);
    }
  }
}

function* textsWithNewExports(text: string): Iterable<string> {
  for (let count = 0; count < 100; count++) yield `${text}\nexport const added${count} = ${count};\n`;
}

void measure(resolve(process.argv[2] ?? '.')).then((results) => console.log(JSON.stringify(results)));
