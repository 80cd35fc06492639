/** `npm run new-rule <id>`: the file of a rule, its page and its line in the list. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [id = ''] = process.argv.slice(2);
const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const ruleFile = pathOf(`server/core/rules/${name}.ts`);
const pageFile = pathOf(`test/rules/${id}.md`);
const listFile = pathOf('server/core/rules/index.ts');

if (!/^[a-z]+(-[a-z0-9]+)+$/.test(id)) stop('Usage: npm run new-rule <kebab-case-id-that-names-the-defect>');
for (const file of [ruleFile, pageFile]) if (existsSync(file)) stop(`${file} exists already.`);

writeFileSync(ruleFile, ruleTemplate());
writeFileSync(pageFile, pageTemplate());
writeFileSync(listFile, withRule(readFileSync(listFile, 'utf8')));
console.log(
  `Wrote ${ruleFile}\n      ${pageFile}\n      and a line in ${listFile}.\nBegin with the page; then npm test.`,
);

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../../${file}`, import.meta.url));
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}

/** Adds the import where it sorts, and the rule at the end of the list. */
function withRule(list: string): string {
  const line = `import { ${name} } from './${name}';\n`;
  const imports = list.match(/^import .*;\n/gm) ?? [];
  const next = imports.find((other) => other.replace(/.* from/, '') > line.replace(/.* from/, ''));
  const at = next ? list.indexOf(next) : imports.join('').length;
  const imported = list.slice(0, at) + line + list.slice(at);
  return imported.replace(/= \[([^\]]*)\];\s*$/, (_, entries: string) => {
    const names = [...(entries.match(/\w+/g) ?? []), name];
    const oneLine = `= [${names.join(', ')}];\n`;
    const fits = `export const rules: readonly Rule[] ${oneLine}`.length <= 121;
    return fits ? oneLine : `= [\n${names.map((entry) => `  ${entry},\n`).join('')}];\n`;
  });
}

function ruleTemplate(): string {
  return `import { defineRule } from './rule';

/** Finds … */
export const ${name} = defineRule<{ readonly model: string }>({
  id: '${id}',
  title: 'TODO: the defect, in a few words',
  category: 'round-trips',
  severity: 'warning',
  fix: 'none',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      if (!query.model || query.operation !== 'TODO') continue;
      report({ at: { file: query.file, range: query.call.callee }, data: { model: query.model.name } });
    }
  },

  message: ({ model }) => \`TODO: what \${model} costs here, why, and what to do.\`,
});
`;
}

function pageTemplate(): string {
  return `# ${id}

**TODO: the defect, in a few words**

What it reports.

## Why it costs

What grows with what, and what was measured.

## When to ignore it

Cases where the code is right as it stands.

## Examples

\`\`\`ts shared
// file: src/prisma.ts
import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();

// file: prisma/schema.prisma
datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  email String @unique
}
\`\`\`

### It is reported

\`\`\`ts
import { prisma } from './src/prisma';

export async function example() {
  return prisma.user.findUnique({ where: { id: 1 } });
  //     ^^^^^^^^^^^^^^^^^^^^^^ ${id} warning
}
\`\`\`

### It stays silent

\`\`\`ts
import { prisma } from './src/prisma';

export async function example() {
  return prisma.user.findFirst({ where: { email: 'a@b.c' } });
}
\`\`\`
`;
}
