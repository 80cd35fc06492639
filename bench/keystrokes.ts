import { resolve } from 'node:path';
import { analyze } from '../server/core/analyze';
import { defaultConfig } from '../server/core/config';
import type { Project } from '../server/core/model/project';
import { rules } from '../server/core/rules';
import { readFacts } from '../server/core/syntax/readFacts';
import { loadProject } from '../server/workspace/loadProject';
import { type EditTimes, type FileText, measureEdits } from './edits';
import { mostImported, textsWithNewBodies, textsWithNewSignatures } from './importedFile';
import { percentile } from './measure';

/** Typed into the middle of a file, character by character. */
const typed = `
  const found = await prisma.user.findMany({ where: { id: { in: ids } }, take: 20 });
  for (const each of found) {
    await notify(each.email, \`hello \${each.name}\`);
  }
`;
const ROUNDS = 2;
const EDITS = 100;

export interface KeystrokeResults {
  /** In the file nearest to 15 KB, in the one nearest to 53 KB and in the largest. */
  readonly typing: readonly EditTimes[];
  /** An edit that changes what other files see, until what is shown is right, by what is edited. */
  readonly acrossFiles: Readonly<Record<string, EditTimes>>;
  readonly secondAudit: number;
  /** Milliseconds for 100 KB of schema; absent where the workspace has none. */
  readonly schema?: number;
}

/** Measures in this process, so that nothing else is in the way. */
async function measure(folder: string): Promise<KeystrokeResults> {
  const { project, readText } = await loadProject(folder, { config: defaultConfig });
  analyze({ project, config: defaultConfig, rules });
  const started = performance.now();
  analyze({ project, config: defaultConfig, rules });
  const secondAudit = performance.now() - started;

  const textsOf = (wanted: string) =>
    [...project.documents].flatMap(([file, { kind }]) => {
      const text = kind === wanted ? readText(file) : undefined;
      return text === undefined ? [] : [{ file, text }];
    });
  const texts = textsOf('typescript');
  const chosen = [15_000, 53_000, Number.POSITIVE_INFINITY].flatMap((size) => nearest(texts, size) ?? []);
  const schema = nearest(textsOf('prisma'), Number.POSITIVE_INFINITY);
  return {
    typing: chosen.map((each) => measureEdits(project, each, growingTexts(each.text))),
    acrossFiles: measureAcrossFiles(project, texts, chosen[0]),
    secondAudit,
    ...(schema ? { schema: measureSchema(schema) } : {}),
  };
}

function measureAcrossFiles(
  project: Project,
  texts: readonly FileText[],
  small: FileText | undefined,
): KeystrokeResults['acrossFiles'] {
  const imported = mostImported(project, texts);
  return {
    ...(small ? { 'a new export': measureEdits(project, small, textsWithNewExports(small.text)) } : {}),
    ...(imported
      ? {
          'an imported function’s body': measureEdits(
            project,
            imported,
            textsWithNewBodies(imported.text, EDITS),
            imported.importer,
          ),
          'an imported function’s signature': measureEdits(
            project,
            imported,
            textsWithNewSignatures(imported.text, EDITS),
            imported.importer,
          ),
        }
      : {}),
  };
}

function measureSchema({ file, text }: FileText): number {
  const times = Array.from({ length: EDITS }, (_, round) => {
    const began = performance.now();
    readFacts(file, `${text}// ${round}\n`);
    return performance.now() - began;
  });
  return (percentile(times, 50) / text.length) * 100_000;
}

function nearest(texts: readonly FileText[], size: number): FileText | undefined {
  const distance = ({ text }: FileText) => (Number.isFinite(size) ? Math.abs(text.length - size) : -text.length);
  return [...texts].sort((a, b) => distance(a) - distance(b))[0];
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
  for (let count = 0; count < EDITS; count++) yield `${text}\nexport const added${count} = ${count};\n`;
}

void measure(resolve(process.argv[2] ?? '.')).then((results) => console.log(JSON.stringify(results)));
