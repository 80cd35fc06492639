import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './places';

/** A project beside the demo application that has a compiler, and one error. */
export const typedProject = 'app/tsconfig.json';
export const wrongFile = 'app/src/wrong.ts';
export const wrongText = "export const count: number = 'three';\n";

/** A "compiler" that never ends, and writes its process id into a file. */
export const hangingCompiler = 'hanging/tsc.js';
export const hangingProcess = 'hanging/pid';

/** Writes both into a copy of the demo. */
export function addTypedProject(workspace: string): void {
  const write = (path: string, text: string) => writeFileSync(join(workspace, path), text);
  for (const folder of ['app/src', 'hanging', 'node_modules']) mkdirSync(join(workspace, folder), { recursive: true });
  symlinkSync(join(repository, 'node_modules/typescript'), join(workspace, 'node_modules/typescript'));
  write(typedProject, '{\n  "compilerOptions": { "strict": true, "types": [] },\n  "include": ["src"]\n}\n');
  write('app/src/right.ts', "import { count } from './wrong';\n\nexport const twice = count * 2;\n");
  write(wrongFile, wrongText);
  write('hanging/package.json', '{ "name": "typescript", "version": "6.0.0" }\n');
  write(
    hangingCompiler,
    `require('node:fs').writeFileSync(require('node:path').join(__dirname, 'pid'), String(process.pid));
setInterval(() => {}, 1000);
process.on('SIGTERM', () => {});
process.on('SIGHUP', () => {});
`,
  );
}
